import { describe, expect, it } from "vitest";
import { DataError } from "../../base/index.js";
import { parseSteps } from "./parse-steps.js";

describe("parseSteps", () => {
  it("reads steps for tables", () => {
    const steps = [
      "ignore:id+name",
      "missing:median",
      "missing:constant=a=b",
      "oneHot",
      "z-score:age",
    ];
    expect(parseSteps(steps)).toEqual([
      { type: "ignore", columns: ["id", "name"] },
      { type: "missing", fill: "median" },
      { type: "missing", fill: "constant", value: "a=b" },
      { type: "oneHot" },
      { type: "zScore", columns: ["age"] },
    ]);
  });

  it("reads steps for images", () => {
    expect(parseSteps(["resize:14", "resize:20x28", "Invert", "transpose"])).toEqual([
      { type: "resize", width: 14, height: 14 },
      { type: "resize", width: 20, height: 28 },
      { type: "invert" },
      { type: "transpose" },
    ]);
  });

  const all = "ignore, missing, ordinal, oneHot, minMax, zScore, resize, invert, transpose";
  it.each([
    ["zscor", `a step must be one of ${all}, got "zscor"; did you mean zScore?`],
    ["", `a step must be one of ${all}, got ""`],
    ["missing", 'missing must say what to do: drop, mean, median or constant=VALUE, got ""'],
    [
      "missing:mode",
      'missing must say what to do: drop, mean, median or constant=VALUE, got "mode"',
    ],
    [
      "missing:constant",
      'missing must say what to do: drop, mean, median or constant=VALUE, got "constant"',
    ],
    ["ignore", 'ignore must name columns, as ignore:id+name, got "ignore"'],
    ["oneHot:a+", 'columns must be names joined by +, got "a+"'],
    ["resize", 'resize must have a width and height of 1 to 4096, as resize:14x14, got ""'],
    ["resize:0x9", 'resize must have a width and height of 1 to 4096, as resize:14x14, got "0x9"'],
    ["invert:x", 'invert must stand alone, got "invert:x"'],
  ])("refuses %j", (step, problem) => {
    expect(() => parseSteps([step])).toThrow(new DataError(`prepare: ${problem}`));
  });

  it("refuses more steps than anybody needs", () => {
    expect(() => parseSteps(new Array(33).fill("oneHot"))).toThrow(
      new DataError("prepare: must have at most 32 steps, got 33"),
    );
  });
});
