import { describe, expect, it } from "vitest";
import { Random } from "../src/base/index.js";
import { lower, type Program, referenceBackend, type SlotView } from "../src/engine/index.js";
import { operationCases } from "./operation-cases.js";
import { reals, SAFE_DISTANCE, type Sample, sampleGraph } from "./sample.js";

const SAMPLES = 100;
const TOLERANCE = 1e-6;
/** Elements of an input that are moved one by one; then all move at once. */
const ELEMENTS = 8;

describe("gradients agree with finite differences in float64", () => {
  for (const { name, build } of operationCases) {
    if (build(new Random(0)).differentiable.length === 0) continue;
    it(`${name}, on ${SAMPLES} random shapes`, async () => {
      for (let seed = 0; seed < SAMPLES; seed++) {
        const random = new Random(seed).fork(name);
        const drawn = build(random);
        for (const { input, error } of await gradientErrors(drawn, random)) {
          const shapes = drawn.inputs.map(({ shape }) => `[${shape}]`).join(" ");
          const options = JSON.stringify(drawn.attributes);
          expect(error, `seed ${seed}, input ${input} of ${shapes}, ${options}`).toBeLessThan(
            TOLERANCE,
          );
        }
      }
    });
  }
});

/**
 * For each differentiable input, the relative error of its gradient,
 * `‖analytic - numeric‖ / max(‖analytic‖, ‖numeric‖)` over the directions it was tried in.
 *
 * The output is made a single number, its product with random weights `w`: then w is the gradient
 * that flows in.
 */
async function gradientErrors(
  drawn: Sample,
  random: Random,
): Promise<{ input: number; error: number }[]> {
  const { graph, leaves, output } = sampleGraph(drawn);
  const forward = await referenceBackend.load(lower(graph));
  const weights = reals(random, output.shape).values;
  const targets = drawn.differentiable.map((index) => leaves[index]);
  const seed = graph.input("weights", output.shape);
  graph.gradients(output, targets, seed).forEach((gradient, i) => {
    graph.result(`gradient${i}`, gradient);
  });
  const backward = await referenceBackend.load(lower(graph));
  fill(forward, drawn);
  fill(backward, drawn);
  viewOf(backward, "weights").set(weights);
  backward.run();
  const errors = drawn.differentiable.map((index, i) => {
    const analytic: number[] = [];
    const numeric: number[] = [];
    const gradient = viewOf(backward, `gradient${i}`);
    for (const direction of directions(gradient.length, random)) {
      analytic.push(dot(gradient, direction));
      numeric.push(slope(forward, `input${index}`, direction, weights));
    }
    return { input: index, error: relativeError(analytic, numeric) };
  });
  forward.close();
  backward.close();
  return errors;
}

/** Some single elements, all if there are few, and one direction along which every element moves. */
function directions(size: number, random: Random): Float64Array[] {
  const order = random.shuffle(Array.from({ length: size }, (_, i) => i));
  const single = order.slice(0, ELEMENTS).map((element) => {
    const direction = new Float64Array(size);
    direction[element] = 1;
    return direction;
  });
  return [...single, Float64Array.from({ length: size }, () => 2 * random.integer(2) - 1)];
}

/** Derivative of `Σ weights·output` along `direction`: central differences of fourth order. */
function slope(
  program: Program,
  name: string,
  direction: Float64Array,
  weights: Float64Array,
): number {
  const values = viewOf(program, name);
  const before = values.slice();
  const step = SAFE_DISTANCE / 2;
  const at = (steps: number): number => {
    for (let i = 0; i < values.length; i++) values[i] = before[i] + steps * step * direction[i];
    program.run();
    return dot(viewOf(program, "output"), weights);
  };
  const derivative = (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * step);
  values.set(before);
  return derivative;
}

function relativeError(analytic: readonly number[], numeric: readonly number[]): number {
  const difference = Math.hypot(...analytic.map((value, i) => value - numeric[i]));
  return difference === 0
    ? 0
    : difference / Math.max(Math.hypot(...analytic), Math.hypot(...numeric));
}

function fill(program: Program, { inputs }: Sample): void {
  inputs.forEach(({ values }, index) => {
    viewOf(program, `input${index}`).set(values);
  });
}

/** The live memory of an input, or else of a result. */
function viewOf(program: Program, name: string): SlotView {
  const { inputs, results } = program.plan;
  const slot = inputs.get(name) ?? results.get(name);
  if (slot === undefined) throw new TypeError(`${name}: not in the plan`);
  return program.view(slot);
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
