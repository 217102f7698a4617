/**
 * `log Σ_k exp z_k` over `count` values from `start` on, as `m + log Σ_k exp(z_k - m)` with m the
 * greatest: nothing overflows, whatever the size of the values.
 *
 * With it softmax is `exp(z_k - logSumExp)` and cross-entropy `logSumExp - z_label`. Its last bits may
 * differ between machines, as those of `Math.exp` do: for measures, not for weights.
 *
 * @param count - at least 1
 */
export function logSumExp(values: ArrayLike<number>, start: number, count: number): number {
  let greatest = values[start];
  for (let i = start + 1; i < start + count; i++) greatest = Math.max(greatest, values[i]);
  let sum = 0;
  for (let i = start; i < start + count; i++) sum += Math.exp(values[i] - greatest);
  return greatest + Math.log(sum);
}
