import type { Backend, Plan, Slot, Step } from "../engine/index.js";

const counts: Readonly<Record<string, (step: Step) => number>> = {
  matmul: ({ inputs: [a], output, attributes: { transposeA } }) =>
    2 * output.size * a!.shape[transposeA ? 0 : 1]!,
  conv2d: ({ inputs: [, filter], output }) => 2 * output.size * taps(filter!),
  conv2dInputGradient: ({ inputs: [dy, filter] }) => 2 * dy!.size * taps(filter!),
  conv2dFilterGradient: ({ inputs: [, dy], output }) => 2 * dy!.size * taps(output),
  pooledFilterGradient: ({ inputs: [, , y], output }) => 2 * y!.size * taps(output),
};

/** Products that one number of a convolution's output is the sum of; the filter is `[kh, kw, cin, cout]`. */
function taps({ shape: [height = 0, width = 0, channels = 0] }: Slot): number {
  return height * width * channels;
}

/**
 * Floating-point operations of one run of a plan, counted as everybody does: two for a multiply-add,
 * every tap of a kernel counted, those over the padding too; what is no sum of products counts as
 * nothing. Faster algorithms are credited with the same.
 */
export function flopsOf({ steps }: Pick<Plan, "steps">): number {
  return steps.reduce((sum, step) => sum + (counts[step.operation.name]?.(step) ?? 0), 0);
}

/** The same backend, which tells of each plan before it loads it. */
export function watchedBackend(backend: Backend, onPlan: (plan: Plan) => void): Backend {
  return {
    name: backend.name,
    get description() {
      return backend.description;
    },
    load(plan) {
      onPlan(plan);
      return backend.load(plan);
    },
  };
}
