/** The highest of each row: how sure an answer is. `[n, answers]` → `[n]` */
export function mostProbable(probabilities: Float64Array, answers: number): Float64Array {
  const best = new Float64Array(probabilities.length / answers);
  for (let i = 0; i < probabilities.length; i++) {
    const row = Math.floor(i / answers);
    if (probabilities[i] > best[row]) best[row] = probabilities[i];
  }
  return best;
}
