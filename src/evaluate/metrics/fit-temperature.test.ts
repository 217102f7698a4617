import { describe, expect, it } from "vitest";
import { Random, softmax } from "../../base/index.js";
import { fitTemperature } from "./fit-temperature.js";

describe("fitTemperature", () => {
  /** Logits that are right about the odds of their labels, then made `surer` times as sure. */
  function samples(surer: number) {
    const random = new Random(11);
    const count = 4000;
    const labels = new Int32Array(count);
    const logits = new Float32Array(3 * count);
    for (let i = 0; i < count; i++) {
      const row = [2 * random.normal(), 2 * random.normal(), 2 * random.normal()];
      let rest = random.uniform();
      labels[i] = softmax(row, 3).findIndex((p) => (rest -= p) < 0);
      if (labels[i] < 0) labels[i] = 2;
      row.forEach((logit, k) => {
        logits[3 * i + k] = surer * logit;
      });
    }
    return [logits, labels] as const;
  }

  it.each([0.5, 1, 3])("finds that logits are %f times too sure", (surer) => {
    expect(fitTemperature(...samples(surer)) / surer).toBeCloseTo(1, 1);
  });

  it("refuses logits that are no rows of classes", () => {
    expect(() => fitTemperature(new Float32Array(7), new Int32Array(2))).toThrow(
      "fitTemperature: logits must be [samples, classes], got 7 values for 2 labels",
    );
  });
});
