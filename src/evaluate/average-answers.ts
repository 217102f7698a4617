import { log, ShapeError, softmax } from "../base/index.js";

/** Smaller means of probabilities count as this. */
const LEAST = 1e-30;

/**
 * The answers of several models to the same images as one: the mean of their probabilities, as
 * logarithms, which are logits again, `log(1/m · Σₘ softmax(logitsₘ))`.
 *
 * @param members - logits of each model, `[n, classes]`
 * @returns `[n, classes]`
 */
export function averageAnswers(members: readonly Float32Array[], classes: number): Float32Array {
  const sizes = new Set(members.map(({ length }) => length));
  if (sizes.size !== 1) {
    const got = [...sizes].join(" and ") || "none";
    throw new ShapeError(`averageAnswers: needs logits, all of one size, got ${got}`);
  }
  const sums = new Float64Array(members[0].length);
  for (const logits of members) {
    softmax(logits, classes).forEach((probability, i) => {
      sums[i] += probability;
    });
  }
  return Float32Array.from(sums, (sum) => log(Math.max(LEAST, sum / members.length)));
}
