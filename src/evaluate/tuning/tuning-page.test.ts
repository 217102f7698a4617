import { describe, expect, it } from "vitest";
import { renderTuning } from "./tuning-page.js";
import type { TuningReport } from "./tuning-report.js";

const report: TuningReport = {
  title: "Tuning of <mlp>",
  goal: "loss",
  space: {
    "training.learningRate": { type: "real", low: 1e-4, high: 0.1, log: true },
    "layers.1.units": { type: "choice", values: [16, 32] },
  },
  trials: [
    {
      number: 1,
      values: { "training.learningRate": 0.01, "layers.1.units": 32 },
      state: "complete",
      curve: [1, 0.25],
    },
    {
      number: 0,
      values: { "training.learningRate": 0.1, "layers.1.units": 16 },
      state: "complete",
      curve: [2, 0.5],
    },
    {
      number: 2,
      values: { "training.learningRate": 1e-4, "layers.1.units": 16 },
      state: "pruned",
      curve: [0.1],
    },
    {
      number: 3,
      values: { "training.learningRate": 0.05, "layers.1.units": 16 },
      state: "failed",
      curve: [],
      reason: "units <must> be",
    },
  ],
  importance: { "training.learningRate": 0.4, "layers.1.units": 0 },
};

describe("renderTuning", () => {
  const text = renderTuning(report);

  it("tells the trials in the order they come in, the first as the best", () => {
    expect(text).toContain("<dd>0.2500</dd>");
    const rows = [...text.matchAll(/<tr><th scope="row">(\d+)<\/th>/g)].map(([, number]) => number);
    expect(rows).toEqual(["2", "1", "3"]);
  });

  it("draws a line a trial from axis to axis, the best on top", () => {
    const lines = [...text.matchAll(/class="trial (\w+)" points="([^"]+)"/g)];
    expect(lines.map(([, kind]) => kind)).toEqual(["rest", "rest", "best"]);
    const [, , points = ""] = lines.at(-1)!;
    // A rate of 0.01 is two thirds of the way up from 0.0001 to 0.1; 32 is the upper of two.
    const heights = points.split(" ").map((point) => Number(point.split(",")[1]));
    const [top, bottom] = [heights[1]!, 304];
    expect((bottom - heights[0]!) / (bottom - top)).toBeCloseTo(2 / 3, 2);
    expect(heights[2]).toBe(top);
  });

  it("escapes what comes from outside, and needs nothing but itself", () => {
    expect(text).toContain("Tuning of &lt;mlp&gt;");
    expect(text).not.toMatch(/https?:|src="(?!data:)/);
  });

  it("says so where no trial came to a figure", () => {
    const failed = renderTuning({ ...report, trials: report.trials.slice(3) });
    expect(failed).toContain("no trial came to a figure");
    expect(failed).not.toContain("NaN");
  });

  it("tells why trials failed, those that failed alike together", () => {
    const [, , , last] = report.trials;
    const again = renderTuning({ ...report, trials: [...report.trials, { ...last!, number: 1 }] });
    expect(again).toContain("<li>trials 2, 4: units &lt;must&gt; be</li>");
    const none = renderTuning({ ...report, trials: report.trials.slice(0, 3) });
    expect(none).not.toContain("Failed");
  });
});
