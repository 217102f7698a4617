import { describe, expect, it } from "vitest";
import { Random } from "../../base/index.js";
import { importances } from "./importance.js";
import { drawPoint, type SearchSpace } from "./search-space.js";
import type { Trial } from "./trial.js";

const space: SearchSpace = {
  rate: { type: "real", low: 1e-4, high: 1, log: true },
  kind: { type: "choice", values: ["a", "b"] },
  idle: { type: "integer", low: 1, high: 100 },
};

function trialsOf(count: number, seed: number): Trial[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, number) => {
    const values = drawPoint(space, random);
    const loss = Math.abs(Math.log10(values.rate as number) + 2) + (values.kind === "a" ? 0.3 : 0);
    return { number, values, state: "complete", curve: [loss], seconds: 0 };
  });
}

describe("importances", () => {
  it("are great for what decides and none for what does nothing", () => {
    const { rate, kind, idle } = importances(space, trialsOf(200, 1));
    expect(rate).toBeGreaterThan(0.6);
    expect(kind).toBeGreaterThan(0.02);
    expect(kind).toBeLessThan(rate!);
    expect(idle).toBeLessThan(0.05);
  });

  it("are 0 on average for a setting that does nothing, however few trials there are", () => {
    const mean =
      Array.from({ length: 100 }, (_, seed) => importances(space, trialsOf(12, seed)).idle!).reduce(
        (a, b) => a + b,
      ) / 100;
    expect(mean).toBeLessThan(0.15);
  });

  it("are 0 where there is nothing to compare", () => {
    expect(importances(space, [])).toEqual({ rate: 0, kind: 0, idle: 0 });
  });
});
