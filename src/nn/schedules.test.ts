import { describe, expect, it } from "vitest";
import { learningRateAt, type ScheduleDescription, scheduleCheck } from "./schedules.js";

function ratesOf(schedule: ScheduleDescription, steps: number): number[] {
  return Array.from({ length: steps }, (_, step) =>
    learningRateAt(schedule, { peak: 1, step, steps }),
  );
}

describe("learningRateAt", () => {
  it("stays at the peak when constant", () => {
    expect(ratesOf({ type: "constant" }, 3)).toEqual([1, 1, 1]);
  });

  it("falls by the factor after each stretch of the run", () => {
    expect(ratesOf({ type: "step", every: 0.3, factor: 0.5 }, 10)).toEqual([
      1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125,
    ]);
  });

  it("warms up in a straight line, then lets the schedule fill the rest", () => {
    const rates = ratesOf({ type: "cosine", warmup: 0.4, final: 0.2 }, 10);
    expect(rates.slice(0, 5)).toEqual([0.25, 0.5, 0.75, 1, 1]);
    expect(rates[7]).toBeCloseTo(0.6, 12);
  });

  it("follows half a cosine wave to 1e-15, from arithmetic of its own", () => {
    ratesOf({ type: "cosine" }, 1000).forEach((rate, step) => {
      expect(Math.abs(rate - (1 + Math.cos((Math.PI * step) / 1000)) / 2)).toBeLessThan(1e-15);
    });
  });

  it("goes up and down in one cycle, and ends at the final factor", () => {
    const rates = ratesOf(
      { type: "oneCycle", warmup: 0.25, startFactor: 0.1, finalFactor: 0 },
      101,
    );
    const top = rates.indexOf(Math.max(...rates));
    expect(rates[0]).toBeCloseTo(0.1, 12);
    expect(top).toBe(24);
    expect(rates[100]).toBeCloseTo(0, 12);
    rates.slice(1).forEach((rate, i) => {
      expect(Math.sign(rate - rates[i])).toBe(i < top ? 1 : -1);
    });
  });

  it("holds the last rate when asked beyond the end", () => {
    expect(
      learningRateAt({ type: "cosine", final: 0.5 }, { peak: 2, step: 400, steps: 100 }),
    ).toBeCloseTo(1, 12);
    expect(
      learningRateAt({ type: "oneCycle", finalFactor: 0.5 }, { peak: 2, step: 400, steps: 100 }),
    ).toBeCloseTo(1, 12);
  });

  it("works for runs of one step", () => {
    for (const type of ["constant", "cosine", "oneCycle"] as const) {
      const rate = learningRateAt({ type }, { peak: 1, step: 0, steps: 1 });
      expect(rate).toBeGreaterThan(0);
      expect(rate).toBeLessThanOrEqual(1);
    }
  });
});

describe("scheduleCheck", () => {
  it("takes every kind of schedule, and names an option out of range", () => {
    const taken = [{ type: "constant" }, { type: "cosine", final: 0.1 }, { type: "oneCycle" }];
    for (const schedule of taken) expect(scheduleCheck(schedule, "schedule")).toBeUndefined();
    expect(scheduleCheck({ type: "step", every: 0, factor: 0.1 }, "schedule")).toBe(
      "schedule.every must be a number from 0.000001 to 1, got 0",
    );
  });
});
