import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../base/index.js";
import {
  add,
  addBias,
  type Epilogue,
  Graph,
  lower,
  matmul,
  movingAverage,
  type Node,
  type Plan,
  referenceBackend,
  relu,
  reshape,
  type Slot,
  scale,
  sgd,
  softmax,
  sumRows,
  tanh,
} from "./index.js";

const plainProduct = { transposeA: false, transposeB: false };

describe("lower", () => {
  it("computes a dense layer in one step: product, bias and activation", () => {
    const graph = new Graph();
    const product = graph.apply(
      matmul,
      [graph.input("x", [8, 3]), graph.state("weight", [3, 4])],
      plainProduct,
    );
    const sum = graph.apply(addBias, [product, graph.state("bias", [4])], {});
    graph.result("y", graph.apply(relu, [sum], {}));
    expect(outline(lower(graph))).toEqual(["matmul addBias relu"]);
  });

  it("does not fuse away a value that two operations read", () => {
    const graph = new Graph();
    const doubled = graph.apply(scale, [graph.input("x", [4])], { factor: 2 });
    graph.result("y", graph.apply(add, [graph.apply(tanh, [doubled], {}), doubled], {}));
    expect(outline(lower(graph))).toEqual(["scale", "tanh add"]);
  });

  it("does not fuse away a result", () => {
    const graph = new Graph();
    const doubled = graph.apply(scale, [graph.input("x", [4])], { factor: 2 });
    graph.result("doubled", doubled);
    graph.result("y", graph.apply(tanh, [doubled], {}));
    expect(outline(lower(graph))).toEqual(["scale", "tanh"]);
  });

  it("does not fuse to an operation that works on whole rows", () => {
    const graph = new Graph();
    const shares = graph.apply(softmax, [graph.input("x", [4])], {});
    graph.result("y", graph.apply(tanh, [shares], {}));
    expect(outline(lower(graph))).toEqual(["softmax", "tanh"]);
  });

  it("does not fuse an array of one number per channel to the array it is added to", () => {
    const graph = new Graph();
    const bias = graph.apply(scale, [graph.state("bias", [4])], { factor: 2 });
    graph.result("y", graph.apply(addBias, [graph.input("x", [3, 4]), bias], {}));
    expect(outline(lower(graph))).toEqual(["scale", "addBias"]);
  });

  it("drops what no result and no update depends on", () => {
    const graph = new Graph();
    const x = graph.input("x", [4]);
    graph.apply(softmax, [x], {});
    graph.apply(movingAverage, [graph.state("kept", [4]), x], { decay: 0.5 });
    expect(outline(lower(graph))).toEqual(["movingAverage"]);
  });

  it("gives a reshaped array the memory of the array, and no step", () => {
    const graph = new Graph();
    const y = graph.apply(relu, [graph.input("x", [2, 6])], {});
    graph.result("y", y);
    graph.result("flat", graph.apply(reshape, [y], { shape: [12] }));
    const plan = lower(graph);
    expect(outline(plan)).toEqual(["relu"]);
    expect(plan.results.get("flat")).toEqual({ ...plan.results.get("y"), shape: [12] });
  });

  it("lets an elementwise step overwrite an input that nobody reads after it", () => {
    const graph = new Graph();
    const shares = graph.apply(softmax, [graph.input("x", [4])], {});
    const y = graph.apply(softmax, [graph.apply(tanh, [shares], {})], {});
    graph.result("y", y);
    const [first, second] = lower(graph).steps;
    expect(second.output).toEqual(first.output);
  });

  it("does not overwrite an input of the program, not even under another shape", async () => {
    const graph = new Graph();
    const flat = graph.apply(reshape, [graph.input("x", [2, 2])], { shape: [4] });
    graph.result("y", graph.apply(softmax, [graph.apply(scale, [flat], { factor: 3 })], {}));
    const plan = lower(graph);
    const program = await referenceBackend.load(plan);
    const x = program.view(plan.inputs.get("x") as Slot);
    x.set([1, 2, 3, 4]);
    program.run();
    expect([...x]).toEqual([1, 2, 3, 4]);
  });

  it("does not overwrite an input that a fused operation still reads", async () => {
    const graph = new Graph();
    const shares = graph.apply(softmax, [graph.input("x", [2])], {});
    const sum = graph.apply(add, [graph.apply(scale, [shares], { factor: 10 }), shares], {});
    graph.result("y", graph.apply(softmax, [sum], {}));
    graph.result("sum", sum);
    const plan = lower(graph);
    expect(outline(plan)).toEqual(["softmax", "scale add", "softmax"]);
    const program = await referenceBackend.load(plan);
    program.run();
    expect([...program.view(plan.results.get("sum") as Slot)]).toEqual([5.5, 5.5]);
  });

  it("does not put off a read of a weight until after its update", async () => {
    const graph = new Graph();
    const weight = graph.state("weight", [1]);
    const doubled = graph.apply(scale, [weight], { factor: 2 });
    graph.apply(sgd, [weight, graph.input("gradient", [1]), graph.input("rates", [4])], {
      weightDecay: 0,
    });
    graph.result("y", graph.apply(tanh, [doubled], {}));
    expect(outline(lower(graph))).toEqual(["scale", "sgd", "tanh"]);
  });

  it("makes an update part of the product that computes its gradient, in the place of the update", () => {
    const { graph, weight, gradient, rates } = learning();
    const y = graph.apply(tanh, [graph.input("x", [2, 3])], {});
    graph.result("y", y);
    graph.apply(sgd, [weight, gradient, rates], { weightDecay: 0 });
    const plan = lower(graph);
    expect(outline(plan)).toEqual(["tanh", "matmul"]);
    const { operands, operation } = plan.steps[1].update as Epilogue;
    expect(operation).toBe(sgd);
    expect(operands).toEqual([plan.states.get("weight"), undefined, plan.inputs.get("rates")]);
  });

  it("leaves an update a step of its own where somebody else reads the gradient", () => {
    const { graph, weight, gradient, rates } = learning();
    graph.result("gradient", gradient);
    graph.apply(sgd, [weight, gradient, rates], { weightDecay: 0 });
    expect(outline(lower(graph))).toEqual(["matmul", "sgd"]);
  });

  it("leaves an update a step of its own where the product reads what is updated", () => {
    const { graph, weight, rates } = learning();
    const gradient = graph.apply(matmul, [graph.input("x", [2, 2]), weight], plainProduct);
    graph.apply(sgd, [weight, gradient, rates], { weightDecay: 0 });
    expect(outline(lower(graph))).toEqual(["matmul", "sgd"]);
  });

  it("refuses two inputs of one name", () => {
    const graph = new Graph();
    graph.input("x", [1]);
    graph.input("x", [2]);
    expect(() => lower(graph)).toThrow(
      new TypeError("graph: names of inputs must differ, got x twice"),
    );
  });
});

describe("a plan, on random graphs", () => {
  it("computes what the graph says, node by node in memory of their own", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const random = new Random(seed);
        const graph = randomGraph(random);
        const plan = lower(graph);
        const program = await referenceBackend.load(plan);
        const naive = new NaiveProgram(graph);
        // The second run starts from the states and the memory that the first left behind.
        for (let run = 0; run < 2; run++) {
          for (const slots of run === 0 ? [plan.inputs, plan.states] : [plan.inputs]) {
            for (const [name, slot] of slots) {
              const values = Float64Array.from({ length: slot.size }, () => random.normal());
              program.view(slot).set(values);
              naive.leaf(name).set(values);
            }
          }
          program.run();
          naive.run();
          for (const [name, slot] of plan.states) {
            expect(program.view(slot)).toEqual(naive.leaf(name));
          }
          for (const [name, slot] of plan.results) {
            expect(program.view(slot)).toEqual(naive.result(name));
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("never writes into an array that is still to be read", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const plan = lower(randomGraph(new Random(seed)));
        // Who wrote each word last; every array must come from one writer when it is read.
        const writers = new Array<string>(plan.words);
        const write = ({ offset, size }: Slot, writer: string) =>
          writers.fill(writer, offset, offset + size);
        const expectWhole = ({ offset, size }: Slot) =>
          expect(new Set(writers.slice(offset, offset + size)).size).toBeLessThanOrEqual(1);
        const leaves = [...plan.inputs, ...plan.states];
        for (const [name, slot] of leaves) write(slot, name);
        plan.steps.forEach(({ inputs, output, epilogue }, index) => {
          const operands = epilogue.flatMap((fused) =>
            fused.operands.filter((it) => it !== undefined),
          );
          for (const slot of [...inputs, ...operands]) expectWhole(slot);
          write(output, `step ${index}`);
        });
        for (const slot of plan.results.values()) expectWhole(slot);
        for (const [name, { offset }] of leaves) expect(writers[offset]).toBe(name);
      }),
      { numRuns: 300 },
    );
  });

  it("shares memory: a chain of many layers needs no more than a short one", () => {
    const chain = (length: number) => {
      const graph = new Graph();
      let y = graph.input("x", [64]);
      for (let i = 0; i < length; i++) y = graph.apply(softmax, [y], {});
      graph.result("y", y);
      return lower(graph).words;
    };
    expect(chain(40)).toBe(chain(4));
  });
});

/** The operations of each step, in order. */
function outline(plan: Plan): string[] {
  return plan.steps.map(({ operation, epilogue }) =>
    [operation.name, ...epilogue.map((fused) => fused.operation.name)].join(" "),
  );
}

/** A weight, and a product that could be its gradient. */
function learning() {
  const graph = new Graph();
  const weight = graph.state("weight", [2, 3]);
  const factors = [graph.input("a", [2, 4]), graph.input("b", [4, 3])];
  const gradient = graph.apply(matmul, factors, plainProduct);
  return { graph, weight, gradient, rates: graph.input("rates", [4]) };
}

/** Up to 30 operations on 4 × 4 matrices and their reshaped selves, some results, some updates. */
function randomGraph(random: Random): Graph {
  const graph = new Graph();
  const nodes: Node[] = [graph.input("x", [4, 4]), graph.state("weight", [4, 4])];
  const rates = graph.input("rates", [4]);
  const pick = <T>(list: readonly T[]): T => list[random.integer(list.length)];
  const count = 1 + random.integer(30);
  for (let i = 0; i < count; i++) {
    // Mostly recent nodes, so that chains grow long enough to be fused.
    const x = random.integer(2) === 0 ? nodes[nodes.length - 1] : pick(nodes);
    const like = nodes.filter(({ shape }) => `${shape}` === `${x.shape}`);
    const state = pick(nodes.filter(({ kind }) => kind === "state"));
    const makers: (() => Node)[] = [
      () => graph.apply(add, [x, pick(like)], {}),
      () => graph.apply(add, [pick(like), x], {}),
      () => graph.apply(tanh, [x], {}),
      () => graph.apply(scale, [x], { factor: random.between(-1, 1) }),
      () => graph.apply(softmax, [x], {}),
      () => graph.apply(reshape, [x], { shape: pick([[16], [4, 4], [2, 8]]) }),
      () => graph.apply(addBias, [x, graph.apply(sumRows, [pick(like)], {})], {}),
      () => graph.apply(addBias, [x, graph.state(`bias${i}`, x.shape.slice(-1))], {}),
      () => graph.apply(matmul, [matrix(graph, x), matrix(graph, pick(nodes))], plainProduct),
      () => {
        graph.apply(movingAverage, [state, matrix(graph, x)], { decay: 0.5 });
        return x;
      },
      () => {
        graph.apply(sgd, [state, matrix(graph, x), rates], { weightDecay: 0.1 });
        return x;
      },
    ];
    const node = pick(makers)();
    if (node !== x) nodes.push(node);
    if (random.integer(8) === 0) graph.result(`result${i}`, node);
  }
  graph.result("last", nodes[nodes.length - 1]);
  return graph;
}

function matrix(graph: Graph, x: Node): Node {
  return x.shape.length === 2 && x.shape[0] === 4
    ? x
    : graph.apply(reshape, [x], { shape: [4, 4] });
}

/** Every node of a graph in memory of its own, computed in order: nothing fused, nothing shared. */
class NaiveProgram {
  readonly #graph: Graph;
  readonly #arrays = new Map<Node, Float64Array>();

  constructor(graph: Graph) {
    this.#graph = graph;
    for (const node of graph.nodes) {
      const aliased = node.operation?.alias ? this.#arrays.get(node.inputs[0]) : undefined;
      const size = node.shape.reduce((product, extent) => product * extent, 1);
      this.#arrays.set(node, aliased ?? new Float64Array(size));
    }
  }

  leaf(name: string): Float64Array {
    const node = this.#graph.nodes.find(({ kind, label }) => kind !== "computed" && label === name);
    return this.#array(node);
  }

  result(name: string): Float64Array {
    return this.#array(this.#graph.results.get(name));
  }

  run(): void {
    for (const node of this.#graph.nodes) {
      if (node.operation?.alias) continue;
      node.operation?.reference({
        inputs: node.inputs.map((input) => this.#array(input)),
        inputShapes: node.inputs.map(({ shape }) => shape),
        output: this.#array(node),
        outputShape: node.shape,
        attributes: node.attributes,
      });
    }
  }

  #array(node: Node | undefined): Float64Array {
    return this.#arrays.get(node as Node) as Float64Array;
  }
}
