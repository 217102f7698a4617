import { describe, expect, it } from "vitest";
import { NOT_A_CHARACTER } from "../base/index.js";
import { decide, thresholdFor } from "./decide.js";

const reading = {
  temperature: 1,
  threshold: 0.9,
  atError: [
    { error: 0.001, threshold: 0.99 },
    { error: 0.01, threshold: 0.8 },
  ],
};
const model = { classes: ["0", "1", NOT_A_CHARACTER], reading };
const options = { threshold: 0.9, top: 3 };

describe("decide", () => {
  it("reads what it is sure of", () => {
    const { status, label, confidence } = decide([9, 0, 0], model, options);
    expect({ status, label }).toEqual({ status: "read", label: "0" });
    expect(confidence).toBeCloseTo(Math.exp(9) / (Math.exp(9) + 2), 9);
  });

  it("is unsure between two characters, and tells both", () => {
    const { status, label, top } = decide([4.1, 4, 0], model, options);
    expect({ status, label }).toEqual({ status: "unsure", label: "0" });
    expect(top.map((candidate) => candidate.label)).toEqual(["0", "1"]);
  });

  it("is unsure where it may be no character, and never answers with that", () => {
    const { status, label, confidence } = decide([2, 0, 2.5], model, options);
    expect({ status, label }).toEqual({ status: "unsure", label: "0" });
    expect(confidence).toBeLessThan(0.4);
  });

  it("sees nothing where it is sure that there is no character", () => {
    const { status, label, top } = decide([0, 0, 9], model, options);
    expect({ status, label }).toEqual({ status: "nothing", label: null });
    expect(top).toHaveLength(2);
  });

  it("refuses answers that are no numbers", () => {
    expect(() => decide([0, Number.NaN, 0], model, options)).toThrow(
      'reader: the model\'s answers must be finite, got NaN for "1"; its weights are too large, train it anew with a lower rate',
    );
  });
});

describe("thresholdFor", () => {
  it("is the model's own where no error rate is asked for", () => {
    expect(thresholdFor(reading, undefined)).toBe(0.9);
  });

  it("is that of the next lower error rate which was measured", () => {
    expect(thresholdFor(reading, 0.001)).toBe(0.99);
    expect(thresholdFor(reading, 0.009)).toBe(0.99);
    expect(thresholdFor(reading, 0.2)).toBe(0.8);
  });

  it("says so where the model does not know", () => {
    expect(() => thresholdFor(reading, 0.0001)).toThrow(
      "reader: the wished error rate must be at least 0.10 %, the least this model was measured for, got 0.01 %",
    );
    expect(() => thresholdFor({ temperature: 1, threshold: 0 }, 0.01)).toThrow(
      "reader: an error rate can be wished of a model measured for it, got 1.00 % of one that was not; the bundled ones are",
    );
  });
});
