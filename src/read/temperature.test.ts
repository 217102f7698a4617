import { describe, expect, it } from "vitest";
import { Random } from "../base/index.js";
import { fitTemperature, softmax } from "./temperature.js";

describe("softmax", () => {
  it("gives shares of 1 in the ratio of the exponentials", () => {
    expect([...softmax([Math.log(6), Math.log(3), 0], 1)]).toEqual([
      expect.closeTo(0.6, 12),
      expect.closeTo(0.3, 12),
      expect.closeTo(0.1, 12),
    ]);
  });

  it("is less sure when hotter", () => {
    const [cool] = softmax([4, 0, 0], 1);
    const [hot] = softmax([4, 0, 0], 3);
    expect(hot).toBeLessThan(cool);
  });

  it("stands logits of any size", () => {
    expect([...softmax([5000, 0, -5000], 1)]).toEqual([1, 0, 0]);
  });
});

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
      labels[i] = softmax(row, 1).findIndex((p) => (rest -= p) < 0);
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
