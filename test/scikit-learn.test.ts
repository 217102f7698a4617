import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { crossEntropy } from "../src/base/index.js";
import {
  agreement,
  averageMetrics,
  type Calibration,
  type CurvePair,
  calibration,
  classMetrics,
  confusionMatrix,
  type Metrics,
  type Normalization,
  normalizeConfusion,
  oneVersusRest,
  predictedClasses,
  topKAccuracy,
} from "../src/evaluate/index.js";

/** One case of `fixtures/metrics/make-metrics.py`, which says what each field is. */
interface Case {
  readonly name: string;
  readonly classes: number;
  readonly labels: number[];
  readonly scores: number[];
  readonly accuracy: number;
  readonly confusion: number[][];
  readonly normalized: Record<Normalization, number[][]>;
  readonly perClass: (Ratios & { readonly support: number })[];
  readonly macro: Ratios;
  readonly weighted: Ratios;
  readonly micro: Ratios;
  readonly matthewsCorrelation: number;
  readonly cohensKappa: number;
  readonly topK: number[];
  readonly calibration: Omit<Calibration, "bins"> & {
    readonly counts: number[];
    readonly accuracies: number[];
    readonly confidences: number[];
  };
  readonly curves: {
    readonly perClass: CurvePair[];
    readonly micro: CurvePair;
    readonly macro: {
      readonly rocArea: number | null;
      readonly averagePrecision: number | null;
      readonly precisionRecallArea: number | null;
    };
  };
}

type Ratios = Omit<Metrics, "undefinedRatios">;

const TOLERANCE = 1e-9;

/** Same structure, same words, and numbers that differ by no more than the tolerance. */
function expectSame(actual: unknown, expected: unknown, where: string): void {
  if (typeof expected === "number" && typeof actual === "number") {
    expect(Math.abs(actual - expected), `${where}: ${actual} for ${expected}`).toBeLessThanOrEqual(
      TOLERANCE,
    );
  } else if (typeof expected === "object" && expected !== null) {
    expect(typeof actual, where).toBe("object");
    if (Array.isArray(expected)) expect(actual, where).toHaveLength(expected.length);
    for (const [key, value] of Object.entries(expected)) {
      expectSame((actual as Record<string, unknown>)[key], value, `${where}.${key}`);
    }
  } else expect(actual, where).toBe(expected);
}

const path = new URL("fixtures/metrics/metrics.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(path, "utf8")) as { cases: Case[] };

describe.each(cases)("scikit-learn and ours agree to 1e-9: $name", (fixture) => {
  const { classes, calibration: calibrated } = fixture;
  const names = Array.from({ length: classes }, (_, k) => `${k}`);
  const labels = Int32Array.from(fixture.labels);
  const probabilities = Float64Array.from(fixture.scores, (score) => score / 4096);
  const predicted = predictedClasses(probabilities, classes);
  const confusion = confusionMatrix(predicted, labels, { classes });

  it("in the confusion matrix, as counts and as shares", () => {
    expect(confusion).toEqual(fixture.confusion);
    for (const by of ["row", "column", "all"] as const) {
      expectSame(normalizeConfusion(confusion, by), fixture.normalized[by], by);
    }
  });

  it("in the metrics of each class and their averages", () => {
    expectSame(classMetrics(confusion, names), fixture.perClass, "perClass");
    const { macro, weighted, micro } = fixture;
    expectSame(averageMetrics(confusion), { macro, weighted, micro }, "averages");
  });

  it("in Matthews correlation, kappa and top-k accuracy", () => {
    const { matthewsCorrelation, cohensKappa } = fixture;
    expectSame(agreement(confusion), { matthewsCorrelation, cohensKappa }, "agreement");
    const found = fixture.topK.map((_, i) => topKAccuracy(probabilities, labels, { k: i + 1 }));
    expectSame(found, fixture.topK, "topK");
    expect(found[0]).toBe(fixture.accuracy);
  });

  it("in the calibration and its diagram", () => {
    const negativeLogLikelihood = crossEntropy(probabilities.map(Math.log), labels);
    const { bins, ...figures } = calibration(probabilities, labels, { negativeLogLikelihood });
    const { counts, accuracies, confidences, ...expected } = calibrated;
    expectSame(figures, expected, "calibration");
    const filled = bins.filter(({ count }) => count > 0);
    expect(bins.map(({ count }) => count)).toEqual(counts);
    expectSame(
      filled.map(({ accuracy }) => accuracy),
      accuracies,
      "accuracies",
    );
    expectSame(
      filled.map(({ confidence }) => confidence),
      confidences,
      "confidences",
    );
  });

  it("in every point and area of the curves", () => {
    const { perClass, micro, macro } = oneVersusRest(probabilities, labels, names);
    expectSame(perClass, fixture.curves.perClass, "perClass");
    expectSame(micro, fixture.curves.micro, "micro");
    const areas = {
      rocArea: macro.roc?.area ?? null,
      averagePrecision: macro.precisionRecall?.averagePrecision ?? null,
      precisionRecallArea: macro.precisionRecall?.area ?? null,
    };
    expectSame(areas, fixture.curves.macro, "macro");
  });
});
