import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { oneVersusRest } from "./one-versus-rest.js";
import { trapezoidArea } from "./trapezoid-area.js";

/** Answers of up to 5 classes in coarse steps, so that scores tie. */
const answers = fc.integer({ min: 2, max: 5 }).chain((classes) =>
  fc
    .array(
      fc.record({
        label: fc.nat(classes - 1),
        scores: fc.array(fc.integer({ min: 1, max: 6 }), {
          minLength: classes,
          maxLength: classes,
        }),
      }),
      { minLength: 1, maxLength: 40 },
    )
    .map((rows) => ({
      classes: Array.from({ length: classes }, (_, k) => `${k}`),
      labels: Int32Array.from(rows, ({ label }) => label),
      probabilities: Float64Array.from(
        rows.flatMap(({ scores }) => {
          const sum = scores.reduce((total, score) => total + score, 0);
          return scores.map((score) => score / sum);
        }),
      ),
    })),
);

describe("oneVersusRest", () => {
  it("draws the curves worked by hand", () => {
    // Class 1 by falling score: + - + (tied with -) -
    const probabilities = Float64Array.from([0.9, 0.7, 0.5, 0.5, 0.1].flatMap((p) => [1 - p, p]));
    const labels = Int32Array.of(1, 0, 1, 0, 0);
    const { roc, precisionRecall } = oneVersusRest(probabilities, labels, ["no", "yes"])
      .perClass[1]!;
    expect(roc).toEqual({
      falsePositiveRate: [0, 0, 1 / 3, 2 / 3, 1],
      truePositiveRate: [0, 0.5, 0.5, 1, 1],
      thresholds: [null, 0.9, 0.7, 0.5, 0.1],
      area: expect.closeTo(0.5 / 3 + 0.75 / 3 + 1 / 3, 12),
    });
    expect(precisionRecall).toEqual({
      recall: [0, 0.5, 0.5, 1, 1],
      precision: [1, 1, 0.5, 0.5, 0.4],
      thresholds: [null, 0.9, 0.7, 0.5, 0.1],
      averagePrecision: 0.5 * 1 + 0.5 * 0.5,
      area: expect.closeTo(0.5 * 1 + 0.5 * 0.5, 12),
    });
  });

  it("has the area that is the chance of a positive scoring above a negative", () => {
    fc.assert(
      fc.property(answers, ({ probabilities, labels, classes }) => {
        const { perClass } = oneVersusRest(probabilities, labels, classes);
        perClass.forEach(({ roc }, k) => {
          const scoresOf = (isPositive: boolean): number[] =>
            Array.from(labels.keys())
              .filter((i) => (labels[i] === k) === isPositive)
              .map((i) => probabilities[i * classes.length + k]!);
          const pairs = scoresOf(true).flatMap((a) =>
            scoresOf(false).map((b) => (a > b ? 1 : a === b ? 0.5 : 0)),
          );
          if (pairs.length === 0) expect(roc).toBeNull();
          else {
            const wins = pairs.reduce<number>((sum, win) => sum + win, 0);
            expect(roc?.area).toBeCloseTo(wins / pairs.length, 12);
          }
        });
      }),
    );
  });

  it("averages curves so that the area below is the average of the areas", () => {
    fc.assert(
      fc.property(answers, ({ probabilities, labels, classes }) => {
        const { roc, precisionRecall } = oneVersusRest(probabilities, labels, classes).macro;
        if (roc) {
          const { falsePositiveRate, truePositiveRate, area } = roc;
          expect(trapezoidArea(falsePositiveRate, truePositiveRate)).toBeCloseTo(area, 12);
        }
        expect(precisionRecall).not.toBeNull();
        const { recall = [], precision = [], area } = precisionRecall ?? {};
        expect(trapezoidArea(recall, precision)).toBeCloseTo(area!, 12);
      }),
    );
  });

  it("averages over the classes that have a curve", () => {
    const probabilities = Float64Array.of(0.5, 0.3, 0.2, 0.3, 0.5, 0.2);
    const labels = Int32Array.of(0, 1);
    const { perClass, macro } = oneVersusRest(probabilities, labels, ["a", "b", "never"]);
    expect(perClass[2]).toEqual({ label: "never", roc: null, precisionRecall: null });
    expect(macro).toMatchObject({ roc: { area: 1 }, precisionRecall: { averagePrecision: 1 } });
  });

  it("takes 11,000 images of 62 classes within two seconds", () => {
    const [n, classes] = [11_000, 62];
    const labels = Int32Array.from({ length: n }, (_, i) => i % classes);
    const probabilities = Float64Array.from(
      { length: n * classes },
      (_, i) => ((i * 7919) % 10_007) / 10_007,
    );
    const names = Array.from({ length: classes }, (_, k) => `${k}`);
    const before = performance.now();
    const { micro } = oneVersusRest(probabilities, labels, names);
    expect(micro.roc?.area).toBeCloseTo(0.5, 1);
    expect(performance.now() - before).toBeLessThan(2000);
  });
});
