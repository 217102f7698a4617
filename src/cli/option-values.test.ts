import { describe, expect, it } from "vitest";
import { addPreparationSteps, integerIn, oneOf, positiveUpTo, share } from "./option-values.js";

describe("option values", () => {
  it("takes integers within their bounds and names the bounds otherwise", () => {
    const parse = integerIn("--epochs", 1, 100);
    expect([parse("1"), parse("100")]).toEqual([1, 100]);
    for (const text of ["0", "101", "1.5", "1e1", "", "ten", "0x10", "Infinity"]) {
      expect(() => parse(text)).toThrow(
        `--epochs: must be an integer from 1 to 100, got "${text}"`,
      );
    }
  });

  it("takes rates above zero", () => {
    const parse = positiveUpTo("--lr", 10);
    expect([parse("1e-3"), parse("10")]).toEqual([0.001, 10]);
    for (const text of ["0", "-1", "10.1", "NaN", " "]) {
      expect(() => parse(text)).toThrow(
        `--lr: must be a number above 0, at most 10, got "${text}"`,
      );
    }
  });

  it("takes shares, and explains them to those who write per cent", () => {
    expect(share("--validation", { whole: false })("0.1")).toBe(0.1);
    expect(() => share("--validation", { whole: false })("1")).toThrow(
      'must be a share from 0 to less than 1, got "1"',
    );
    expect(share("--min-accuracy", { whole: true })("1")).toBe(1);
    expect(() => share("--min-accuracy", { whole: true })("99")).toThrow(
      'must be a share from 0 to 1, got "99"; write 10 % as 0.1',
    );
  });

  it("takes one of a list, and suggests the nearest", () => {
    const parse = oneOf("--device", ["auto", "wasm", "reference"]);
    expect(parse("wasm")).toBe("wasm");
    expect(() => parse("wsam")).toThrow(
      '--device: must be one of auto, wasm, reference, got "wsam"; did you mean wasm?',
    );
    expect(() => parse("gpu")).toThrow(/got "gpu"$/);
  });
});

describe("addPreparationSteps", () => {
  const add = addPreparationSteps("--prepare");

  it("adds the steps of each option to those of the options before", () => {
    expect(add("zScore", add("ignore:id, missing:mean"))).toEqual([
      "ignore:id",
      "missing:mean",
      "zScore",
    ]);
  });

  it("refuses what is no step by the name of the option", () => {
    expect(() => add("zScor")).toThrow(
      '--prepare: a step must be one of ignore, missing, ordinal, oneHot, minMax, zScore, resize, invert, transpose, got "zScor"; did you mean zScore?',
    );
  });
});
