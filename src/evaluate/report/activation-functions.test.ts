import { describe, expect, it } from "vitest";
import {
  Graph,
  gelu,
  leakyRelu,
  lower,
  type Node,
  referenceBackend,
  relu,
  sigmoid,
  softmax,
  tanh,
} from "../../engine/index.js";
import type { Activation } from "../../nn/index.js";
import { conv2d, dense, flatten, maxPool2d, model } from "../../nn/index.js";
import { activationFunction, usedActivations } from "./activation-functions.js";

/** None lies on a kink. */
const XS = [-3.7, -1.1, -0.2, 0.3, 0.9, 2.6];
const CLASSES = 4;
const LEAK = 0.05;

/** The engine's own operation for each drawn function. */
const operations: readonly (readonly [Activation, (graph: Graph, x: Node) => Node])[] = [
  ["relu", (graph, x) => graph.apply(relu, [x], {})],
  ["leakyRelu", (graph, x) => graph.apply(leakyRelu, [x], { slope: LEAK })],
  ["sigmoid", (graph, x) => graph.apply(sigmoid, [x], {})],
  ["tanh", (graph, x) => graph.apply(tanh, [x], {})],
  ["gelu", (graph, x) => graph.apply(gelu, [x], {})],
  ["softmax", (graph, x) => graph.apply(softmax, [x], {})],
];

/** Value and slope of the first of four numbers a row, the others 0, as the engine computes them. */
async function engineCurve(apply: (graph: Graph, x: Node) => Node) {
  const graph = new Graph();
  const shape = [XS.length, CLASSES];
  const x = graph.input("x", shape);
  const y = apply(graph, x);
  const [gradient] = graph.gradients(y, [x], graph.input("dy", shape));
  graph.result("y", y);
  graph.result("dx", gradient);
  const program = await referenceBackend.load(lower(graph));
  const { inputs, results } = program.plan;
  const [xs, dy] = ["x", "dy"].map((name) => program.view(inputs.get(name)!));
  XS.forEach((value, row) => {
    xs[row * CLASSES] = value;
    dy[row * CLASSES] = 1;
  });
  program.run();
  const firsts = (name: string): number[] => {
    const view = program.view(results.get(name)!);
    return XS.map((_, row) => view[row * CLASSES]);
  };
  return { values: firsts("y"), slopes: firsts("dx") };
}

describe("activationFunction", () => {
  it.each(operations)(
    "draws %s as the engine computes it, and its gradient",
    async (name, apply) => {
      const { value, slope } = activationFunction(name, { slope: LEAK, classes: CLASSES });
      const { values, slopes } = await engineCurve(apply);
      XS.forEach((x, i) => {
        expect(value(x)).toBeCloseTo(values[i], 6);
        expect(slope(x)).toBeCloseTo(slopes[i], 6);
      });
    },
  );
});

describe("usedActivations", () => {
  it("names each nonlinearity once, and linear only where the model ends in it", () => {
    const convolutional = model({
      input: [8, 8, 1],
      layers: [
        conv2d(2, 3),
        { type: "activation", activation: "leakyRelu", slope: 0.2 },
        maxPool2d(2),
        flatten(),
        dense(5, { activation: "relu" }),
        dense(5, { activation: "relu" }),
        dense(3),
      ],
    });
    expect(usedActivations(convolutional)).toEqual([
      { name: "leakyRelu", slope: 0.2 },
      { name: "relu", slope: 0.01 },
      { name: "linear", slope: 0.01 },
    ]);
  });
});
