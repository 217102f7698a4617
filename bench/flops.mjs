// Floating-point operations of a plan, counted as everybody does: two for a multiply-add, every tap
// of a kernel counted, those over the padding too. Faster algorithms are credited with the same.

const counts = {
  matmul: ({ inputs: [a], output, attributes: { transposeA } }) =>
    2 * output.size * a.shape[transposeA ? 0 : 1],
  conv2d: ({ inputs: [, filter], output }) => 2 * output.size * taps(filter),
  conv2dInputGradient: ({ inputs: [dy, filter] }) => 2 * dy.size * taps(filter),
  conv2dFilterGradient: ({ inputs: [, dy], output }) => 2 * dy.size * taps(output),
  pooledFilterGradient: ({ inputs: [, , y], output }) => 2 * y.size * taps(output),
};

/** Products that one number of a convolution's output is the sum of; the filter is `[kh, kw, cin, cout]`. */
function taps({ shape: [kh, kw, cin] }) {
  return kh * kw * cin;
}

/** Of a step of a plan; 0 for what is not a sum of products. */
export function flopsOf(step) {
  return counts[step.operation.name]?.(step) ?? 0;
}

/** The same backend, which remembers the plan it loaded last and counts its operations. */
export function countingBackend(backend) {
  return {
    ...backend,
    plan: undefined,
    load(plan) {
      this.plan = plan;
      return backend.load(plan);
    },
    get flops() {
      return this.plan.steps.reduce((sum, step) => sum + flopsOf(step), 0);
    },
  };
}
