import { describe, expect, it } from "vitest";
import { Random } from "../../base/index.js";
import { type ImageSet, synthetic } from "../../data/index.js";
import { dense, flatten, initialWeights, model } from "../../nn/index.js";
import { evaluate } from "../evaluate.js";
import { reportData } from "./report-data.js";

const set: ImageSet = {
  ...synthetic({ count: 2, random: new Random(1) }),
  labels: Int32Array.of(0, 1),
  classes: ["a", 'b, "c"'],
};
const logits = Float32Array.of(0, 0, 3, 0);
const network = model({
  input: [28, 28, 1],
  layers: [flatten(), dense(2, { activation: "sigmoid" })],
});
const weights = initialWeights(network, new Random(2));
const files = reportData({
  title: "t",
  split: "test",
  evaluation: evaluate(logits, set),
  answers: { set, logits },
  network: { model: network, weights },
  history: [
    { epoch: 1, loss: 0.5, accuracy: 0.8, validation: { loss: 0.6, accuracy: 0.7 } },
    { epoch: 2, loss: 0.25, accuracy: 0.9 },
  ],
});

const rowsOf = (name: string): string[] => (files.get(name) ?? "").trimEnd().split("\n");

describe("reportData", () => {
  it("tells every epoch and every reading, with labels quoted where they must be", () => {
    expect(rowsOf("epochs.csv")).toEqual([
      "epoch,loss,accuracy,validation_loss,validation_accuracy",
      "1,0.5,0.8,0.6,0.7",
      "2,0.25,0.9,,",
    ]);
    expect(rowsOf("readings.csv").slice(1)).toEqual(["0,a,a,0.5", '1,"b, ""c""",a,0.952574']);
  });

  it("holds what the pictures of the network show", () => {
    const [names, unit] = rowsOf("first-layer-weights.csv").map((row) => row.split(","));
    expect(names.slice(0, 4)).toEqual(["unit", "channel", "0:0", "0:1"]);
    expect(names.at(-1)).toBe("27:27");
    const array = weights.get("layers.1.weight");
    expect(Number(unit[3])).toBe(array?.data[2]);
    expect(rowsOf("weights.csv")[1]).toMatch(/^layers\.1\.weight,784x2,/);
    expect(rowsOf("activations.csv")).toContain("sigmoid,0,0.5,0.25");
  });

  it("leaves out what the report leaves out", () => {
    const bare = reportData({ title: "t", split: "test", evaluation: evaluate(logits, set) });
    expect([...bare.keys()]).not.toContain("readings.csv");
    expect([...bare.keys()]).not.toContain("weights.csv");
  });
});
