/**
 * Share of images whose true class is among the k highest scores; 1 is best, and k = 1 is the
 * accuracy. Of equal scores the first class comes first, as it does in `predictedClasses`.
 *
 * @param scores - `[n, classes]`: logits or probabilities
 * @param labels - class indices, `[n]`, n at least 1
 */
export function topKAccuracy(
  scores: ArrayLike<number>,
  labels: Int32Array,
  { k }: { readonly k: number },
): number {
  const classes = scores.length / labels.length;
  let found = 0;
  for (let row = 0; row < labels.length; row++) {
    const start = row * classes;
    const own = start + labels[row];
    let ahead = 0;
    for (let j = start; j < start + classes; j++) {
      if (scores[j] > scores[own] || (scores[j] === scores[own] && j < own)) ahead++;
    }
    if (ahead < k) found++;
  }
  return found / labels.length;
}
