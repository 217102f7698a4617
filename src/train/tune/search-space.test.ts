import { describe, expect, it } from "vitest";
import { Random } from "../../base/index.js";
import { drawPoint, parseSearchSpace, placeOf, valueAt } from "./search-space.js";

const rate = { type: "real", low: 1e-4, high: 0.1, log: true } as const;
const units = { type: "integer", low: 1, high: 4 } as const;

describe("parseSearchSpace", () => {
  it("takes ranges and choices", () => {
    const space = { rate, units, kind: { type: "choice", values: ["sgd", { type: "adam" }] } };
    expect(parseSearchSpace(space, "space.json")).toBe(space);
  });

  for (const [space, message] of [
    [[], "space.json: must be an object, got a list"],
    [{}, "space.json: must have 1 to 100 settings, got 0"],
    [{ a: 3 }, "space.json: a must be an object, got 3"],
    [{ a: { type: "int" } }, 'space.json: a.type must be "real", "integer" or "choice", got "int"'],
    [
      { a: { type: "choice", values: [] } },
      "space.json: a.values must be a list of 1 to 1000 elements, got 0 elements",
    ],
    [
      { a: { type: "real", low: "0", high: 1 } },
      'space.json: a.low must be a number from -1000000000000000 to 1000000000000000, got "0"',
    ],
    [{ a: { type: "real", low: 1, high: 1 } }, "space.json: a.high must be above low, 1, got 1"],
    [
      { a: { type: "real", low: 0, high: 1, log: true } },
      "space.json: a.low must be above 0 where factors count, got 0",
    ],
    [
      { a: { type: "integer", low: 0.5, high: 2 } },
      "space.json: a: low and high must be integers, got 0.5 and 2",
    ],
    [
      { a: { type: "real", low: 0, high: 1, step: 2 } },
      'space.json: a."step" is not an option; known are low, high, log',
    ],
  ] as const) {
    it(`refuses ${JSON.stringify(space)}`, () => {
      expect(() => parseSearchSpace(space, "space.json")).toThrow(message);
    });
  }
});

describe("a range", () => {
  it("has its ends at 0 and 1, and half of its factors below the middle", () => {
    expect([0, 0.5, 1].map((place) => valueAt(rate, place))).toEqual([1e-4, 0.003162, 0.1]);
    expect(placeOf(rate, 0.001)).toBeCloseTo(1 / 3, 10);
  });

  it("gives every integer the same share, the outermost too", () => {
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < 1000; i++) counts[valueAt(units, (i + 0.5) / 1000)]! += 1;
    expect(counts).toEqual([0, 250, 250, 250, 250]);
  });
});

describe("drawPoint", () => {
  it("stays within the space and comes everywhere", () => {
    const space = { rate, units, kind: { type: "choice", values: ["a", "b", "c"] } } as const;
    const random = new Random(3);
    const points = Array.from({ length: 300 }, () => drawPoint(space, random));
    const rates = points.map((point) => point.rate as number);
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(1e-4);
    expect(Math.max(...rates)).toBeLessThanOrEqual(0.1);
    expect(rates.filter((value) => value < 0.003162).length).toBeGreaterThan(120);
    expect(new Set(points.map((point) => point.units))).toEqual(new Set([1, 2, 3, 4]));
    expect(new Set(points.map((point) => point.kind))).toEqual(new Set(["a", "b", "c"]));
  });
});
