import { describe, expect, it } from "vitest";
import { Random } from "../src/base/index.js";
import {
  conv2d,
  Graph,
  lower,
  matmul,
  type Padding,
  type Plan,
  type Program,
  referenceBackend,
  reshape,
  sgd,
  wasmBackend,
} from "../src/engine/index.js";
import { threadHost } from "../src/node/index.js";

/** Two convolutions, in tiles and by patches, and a product; the first filter learns, if asked. */
function planOf(learning: boolean): Plan {
  const graph = new Graph();
  const attributes = { strides: [1, 1] as const, padding: [1, 1, 1, 1] satisfies Padding };
  const x = graph.input("x", [6, 8, 8, 12]);
  const tiled = graph.state("tiled", [3, 3, 12, 20]);
  const first = graph.apply(conv2d, [x, tiled], attributes);
  const patched = graph.state("patched", [3, 3, 20, 3]);
  const second = graph.apply(conv2d, [first, patched], attributes);
  const flat = graph.apply(reshape, [second], { shape: [6, 192] });
  const plain = { transposeA: false, transposeB: false };
  const y = graph.apply(matmul, [flat, graph.state("dense", [192, 30])], plain);
  graph.result("y", y);
  if (learning) {
    const [gradient] = graph.gradients(y, [tiled], graph.input("dy", y.shape));
    graph.apply(sgd, [tiled, gradient, graph.input("rates", [4])], { weightDecay: 0 });
  }
  return lower(graph);
}

function fill(program: Program, seed: number): void {
  const random = new Random(seed);
  for (const slot of [...program.plan.inputs.values(), ...program.plan.states.values()]) {
    const view = program.view(slot);
    for (let i = 0; i < view.length; i++) view[i] = Math.fround(random.between(-0.1, 0.1));
  }
  program.prepare();
}

function outputOf(program: Program): number[] {
  program.run();
  return [...program.view(program.plan.results.get("y")!)];
}

describe("prepare", () => {
  for (const learning of [false, true]) {
    for (const threads of [1, 2]) {
      const title = `${learning ? "some" : "no"} weights updated, ${threads} threads`;
      it(`has every later run use the states as they are: ${title}`, async () => {
        const plan = planOf(learning);
        const backend = await wasmBackend({ threads, host: threadHost, shareFrom: 0 });
        const [program, reference] = [await backend.load(plan), await referenceBackend.load(plan)];
        for (const seed of [1, 2]) {
          fill(program, seed);
          fill(reference, seed);
          for (let run = 0; run < 3; run++) {
            const expected = outputOf(reference);
            outputOf(program).forEach((number, i) => {
              expect(number).toBeCloseTo(expected[i], 5);
            });
          }
        }
        program.close();
      });
    }
  }
});
