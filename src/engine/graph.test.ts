import { describe, expect, it } from "vitest";
import { ShapeError } from "../base/index.js";
import {
  add,
  constant,
  conv2d,
  countCorrect,
  Graph,
  lower,
  matmul,
  maxPool2d,
  mean,
  type Operation,
  referenceBackend,
  relu,
  type Slot,
  scale,
  tanh,
} from "./index.js";

describe("Graph", () => {
  it("computes shapes while it is written down", () => {
    const graph = new Graph();
    const a = graph.input("a", [5, 2]);
    const b = graph.state("b", [3, 5]);
    const y = graph.apply(matmul, [a, b], { transposeA: true, transposeB: true });
    expect(y.shape).toEqual([2, 3]);
    expect(y.kind).toBe("computed");
    expect(graph.nodes.map(({ id }) => id)).toEqual([0, 1, 2]);
  });

  it("has a convolution leave out what the pool after it does not look at", () => {
    const graph = new Graph();
    const images = graph.input("images", [2, 7, 8, 3]);
    const filter = graph.state("filter", [5, 5, 3, 4]);
    const convolution = { strides: [1, 1], padding: [2, 2, 2, 2] } as const;
    const y = graph.within("layers[0]", () => {
      const product = graph.apply(conv2d, [images, filter], convolution);
      return graph.apply(relu, [product], {});
    });
    const window = { size: [2, 3], strides: [2, 3], padding: [0, 0, 0, 0] } as const;
    const pooled = graph.apply(maxPool2d, [y], window);
    expect(pooled.shape).toEqual([2, 3, 2, 4]);
    const [rectified] = pooled.inputs;
    expect(rectified.shape).toEqual([2, 6, 6, 4]);
    expect(rectified.label).toBe("layers[0] relu");
    expect(rectified.inputs[0].attributes.padding).toEqual([2, 2, 1, 0]);
  });

  it("leaves whole what is looked at wholly, or has no padding to do without", () => {
    const graph = new Graph();
    const images = graph.input("images", [2, 8, 8, 3]);
    const filter = graph.state("filter", [2, 2, 3, 4]);
    const window = { size: [2, 2], strides: [2, 2], padding: [0, 0, 0, 0] } as const;
    expect(graph.apply(maxPool2d, [images], window).inputs).toEqual([images]);
    const convolution = { strides: [1, 1], padding: [0, 0, 0, 0] } as const;
    const y = graph.apply(conv2d, [images, filter], convolution);
    expect(graph.apply(maxPool2d, [y], window).inputs).toEqual([y]);
  });

  it("puts a scope before labels and errors", () => {
    const graph = new Graph();
    const a = graph.input("a", [2, 2]);
    const y = graph.within("layers[3]", () => graph.apply(relu, [a], {}));
    expect(y.label).toBe("layers[3] relu");
    const misfit = () => graph.apply(add, [a, graph.input("b", [2])], {});
    expect(() => graph.within("layers[3]", misfit)).toThrow(
      new ShapeError("layers[3] add: shapes must be equal, got [2, 2] and [2]"),
    );
    expect(misfit).toThrow(new ShapeError("add: shapes must be equal, got [2, 2] and [2]"));
  });

  it("refuses two results of one name", () => {
    const graph = new Graph();
    graph.result("y", graph.input("x", [1]));
    expect(() => graph.result("y", graph.input("z", [1]))).toThrow(
      new TypeError("graph: names of results must differ, got y twice"),
    );
  });

  it("gives gradients the scope of what they belong to, and goes back to its own", () => {
    const graph = new Graph();
    const x = graph.input("x", [4]);
    const loss = graph.within("layers[0]", () =>
      graph.apply(mean, [graph.apply(tanh, [x], {})], {}),
    );
    const seed = graph.input("seed", [1]);
    graph.within("here", () => {
      const [dx] = graph.gradients(loss, [x], seed);
      expect(dx.label).toBe("layers[0] tanhGradient");
      expect(graph.apply(relu, [x], {}).label).toBe("here relu");
    });
  });
});

describe("Graph.gradients", () => {
  it("adds up what comes back from every use of a value", async () => {
    // y = tanh(x) + 3·tanh(x) + 3·x
    const graph = new Graph();
    const x = graph.input("x", [1]);
    const t = graph.apply(tanh, [x], {});
    const triple = (node: typeof x) => graph.apply(scale, [node], { factor: 3 });
    const sum = graph.apply(add, [graph.apply(add, [t, triple(t)], {}), triple(x)], {});
    const one = graph.apply(constant, [], { shape: [1], value: 1 });
    const [dx] = graph.gradients(sum, [x], one);
    graph.result("dx", dx);
    const plan = lower(graph);
    const program = await referenceBackend.load(plan);
    program.view(plan.inputs.get("x") as Slot).set([0.5]);
    program.run();
    const [computed] = program.view(plan.results.get("dx") as Slot);
    expect(computed).toBeCloseTo(4 * (1 - Math.tanh(0.5) ** 2) + 3, 14);
  });

  it("gives the seed itself for the loss itself", () => {
    const graph = new Graph();
    const loss = graph.input("loss", [1]);
    const seed = graph.input("seed", [1]);
    expect(graph.gradients(loss, [loss], seed)).toEqual([seed]);
  });

  it("computes nothing for what is not asked", () => {
    const graph = new Graph();
    const [x, weight] = [graph.input("x", [2, 3]), graph.state("weight", [3, 4])];
    const y = graph.apply(matmul, [x, weight], { transposeA: false, transposeB: false });
    const [dw] = graph.gradients(y, [weight], graph.input("seed", [2, 4]));
    graph.result("dw", dw);
    // The gradient of x was written down with that of the weight, but nothing depends on it.
    expect(lower(graph).steps.map(({ operation }) => operation.name)).toEqual(["matmul"]);
  });

  it("refuses a seed of another shape than the loss", () => {
    const graph = new Graph();
    const loss = graph.input("loss", [1]);
    expect(() => graph.gradients(loss, [loss], graph.input("seed", [2]))).toThrow(
      new ShapeError("gradients: seed must be [1], got [2]"),
    );
  });

  it("refuses a target that the loss does not depend on", () => {
    const graph = new Graph();
    const loss = graph.apply(mean, [graph.input("x", [3])], {});
    const other = graph.state("other", [3]);
    expect(() => graph.gradients(loss, [other], graph.input("seed", [1]))).toThrow(
      new TypeError("gradients: the loss must depend on other, got one that does not"),
    );
  });

  it("refuses an operation without a gradient between loss and target", () => {
    const graph = new Graph();
    const logits = graph.input("logits", [3, 2]);
    const count = graph.apply(countCorrect, [logits, graph.input("labels", [3], "i32")], {});
    expect(() => graph.gradients(count, [logits], graph.input("seed", [1]))).toThrow(
      new TypeError("countCorrect: must be differentiable to lie between loss and target"),
    );
  });

  it("refuses a gradient of the wrong shape, naming the operation that made it", () => {
    const wrong: Operation<Record<string, never>> = {
      name: "wrong",
      shape: () => [1],
      gradient: (_graph, _node, dy) => [dy],
      reference: ({ output }) => output.fill(0),
    };
    const graph = new Graph();
    const x = graph.input("x", [3]);
    const y = graph.apply(wrong, [x], {});
    expect(() => graph.gradients(y, [x], graph.input("seed", [1]))).toThrow(
      new ShapeError("wrong: gradient 0 must be [3], got [1]"),
    );
  });
});
