import { expect, it } from "vitest";
import { recipe } from "../zoo/index.js";
import { trainingSettings } from "./training-settings.js";

const { training } = recipe("digits");

it("is the recipe's training where nothing is chosen", () => {
  expect(trainingSettings(training, {})).toEqual(training);
});

it("warms up the schedule of the recipe, or the one chosen beside it", () => {
  expect(trainingSettings(training, { warmup: 0.1 }).schedule).toEqual({
    ...training.schedule,
    warmup: 0.1,
  });
  expect(trainingSettings(training, { schedule: "constant", warmup: 0.2 }).schedule).toEqual({
    type: "constant",
    warmup: 0.2,
  });
});

it("gives another optimizer a rate of its own, unless one is chosen", () => {
  expect(trainingSettings(training, { optimizer: "sgd" }).learningRate).toBe(0.1);
  expect(trainingSettings(training, { optimizer: "sgd", lr: 0.5 }).learningRate).toBe(0.5);
});
