// Products of two square matrices that lie in memory.
import { Random } from "../../dist/base/index.js";
import { Graph, lower, matmul } from "../../dist/engine/index.js";
import { repeated } from "../peers/serve.mjs";

export async function measureProduct({ n }, backend) {
  const graph = new Graph();
  const factors = ["a", "b"].map((name) => graph.input(name, [n, n]));
  graph.result("c", graph.apply(matmul, factors, { transposeA: false, transposeB: false }));
  const program = await backend.load(lower(graph));
  const random = new Random(1);
  for (const slot of program.plan.inputs.values()) {
    const view = program.view(slot);
    for (let i = 0; i < view.length; i++) view[i] = random.between(-1, 1);
  }
  return { measure: repeated(() => program.run()), flops: 2 * n ** 3 };
}
