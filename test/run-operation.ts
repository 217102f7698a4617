import {
  type Attributes,
  Graph,
  lower,
  type Operation,
  referenceBackend,
  type Shape,
  sizeOf,
} from "../src/engine/index.js";

/** Numbers and their shape. */
export interface Values {
  readonly shape: Shape;
  readonly values: readonly number[];
}

/** A shape and what fills it. */
export function values(shape: Shape, ...numbers: readonly number[]): Values {
  if (sizeOf(shape) !== numbers.length) throw new TypeError(`values: must fill [${shape}]`);
  return { shape, values: numbers };
}

/** One image of one channel, written as a picture: rows on lines, numbers between spaces. */
export function pixels(picture: string): Values {
  const rows = picture
    .trim()
    .split("\n")
    .map((row) => row.trim().split(/\s+/).map(Number));
  return values([1, rows.length, rows[0].length, 1], ...rows.flat());
}

/**
 * Runs one operation on the reference backend.
 *
 * @returns its output; for an operation in place, the arrays that it updates, one after the other
 */
export async function run<A extends Attributes>(
  operation: Operation<A>,
  attributes: A,
  ...inputs: readonly Values[]
): Promise<number[]> {
  const graph = new Graph();
  const { updates = [] } = operation;
  const leaves = inputs.map(({ shape }, i) =>
    updates.includes(i) ? graph.state(`${i}`, shape) : graph.input(`${i}`, shape),
  );
  const output = graph.apply(operation, leaves, attributes);
  if (operation.updates === undefined) graph.result("output", output);
  const plan = lower(graph);
  const program = await referenceBackend.load(plan);
  inputs.forEach((input, i) => {
    const slot = plan.inputs.get(`${i}`) ?? plan.states.get(`${i}`);
    if (slot) program.view(slot).set(input.values);
  });
  program.run();
  const read = [...plan.results.values(), ...plan.states.values()];
  return read.flatMap((slot) => [...program.view(slot)]);
}
