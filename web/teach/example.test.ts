import { describe, expect, it } from "vitest";
import { byLabel, type Example, whatIsMissing } from "./example.js";

const examples = (labels: string): Example[] =>
  [...labels].map((label) => ({ label, pixels: new Uint8Array(4), model: "digits" }));

describe("examples of a hand", () => {
  it("are counted label by label, in the order they came", () => {
    const counts = [...byLabel(examples("7+7"))].map(([label, { length }]) => [label, length]);
    expect(counts).toEqual([
      ["7", 2],
      ["+", 1],
    ]);
  });

  it("are enough once there are two of each of two characters", () => {
    const told = ["", "77", "77+", "7+", "77++"].map((labels) => whatIsMissing(examples(labels)));
    expect(told).toEqual([
      "Two different characters are needed, 2 of each",
      "Two different characters are needed, 2 of each",
      "One more of + is needed",
      "One more of 7 + is needed",
      undefined,
    ]);
  });
});
