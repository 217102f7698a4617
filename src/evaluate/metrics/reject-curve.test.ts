import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coverageAtError, rejectCurve } from "./reject-curve.js";

/** Two classes, the first always said, with these confidences; `true` where that is right. */
function curveOf(answers: readonly (readonly [confidence: number, right: boolean])[]) {
  return rejectCurve(
    Float64Array.from(answers.flatMap(([confidence]) => [confidence, 1 - confidence])),
    Int32Array.from(answers, ([, right]) => (right ? 0 : 1)),
  );
}

describe("rejectCurve", () => {
  it("ends each row of right answers, and tells each wrong one", () => {
    expect(
      curveOf([
        [0.99, true],
        [0.95, true],
        [0.9, false],
        [0.8, true],
        [0.7, false],
      ]),
    ).toEqual([
      { threshold: 0.95, coverage: 0.4, error: 0 },
      { threshold: 0.9, coverage: 0.6, error: 1 / 3 },
      { threshold: 0.8, coverage: 0.8, error: 1 / 4 },
      { threshold: 0.7, coverage: 1, error: 2 / 5 },
    ]);
  });

  it("answers as much at an error as trying every confidence finds", () => {
    const answers = fc.array(
      fc.tuple(fc.constantFrom(0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1), fc.boolean()),
      { minLength: 1, maxLength: 50 },
    );
    fc.assert(
      fc.property(answers, fc.constantFrom(0, 0.1, 0.25, 1 / 3, 0.5, 1), (tried, maxError) => {
        const coverages = tried.map(([threshold]) => {
          const answered = tried.filter(([confidence]) => confidence >= threshold);
          const wrong = answered.filter(([, right]) => !right);
          return wrong.length / answered.length <= maxError ? answered.length / tried.length : 0;
        });
        const best = coverageAtError(curveOf(tried), maxError);
        expect(best.coverage).toBe(Math.max(...coverages));
        expect(best.error).toBeLessThanOrEqual(maxError);
        expect(curveOf(tried).at(-1)!.coverage).toBe(1);
      }),
    );
  });
});
