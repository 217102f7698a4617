// Speed of whole training steps and of matrix products: `npm run build && node bench/engine.mjs`.
import * as engine from "../dist/engine/index.js";
import { threadHost } from "../dist/node/thread-host.js";

const { Graph, lower, wasmBackend } = engine;
const plain = { transposeA: false, transposeB: false };

/** A step of training: `layers` adds the network to the graph, and names its parameters by `state`. */
function trainingPlan(input, classes, layers, update) {
  const graph = new Graph();
  const [batch] = input;
  const x = graph.input("x", input);
  const labels = graph.input("labels", [batch], "i32");
  const rates = graph.input("rates", [4]);
  const parameters = [];
  const parameter = (shape) => {
    const state = graph.state(`p${parameters.length}`, shape);
    parameters.push(state);
    return state;
  };
  const logits = layers(graph, x, parameter);
  const losses = graph.apply(engine.softmaxCrossEntropy, [logits, labels], { smoothing: 0 });
  const loss = graph.apply(engine.mean, [losses], {});
  const seed = graph.apply(engine.constant, [], { shape: [1], value: 1 });
  const gradients = graph.gradients(loss, parameters, seed);
  for (const [i, p] of parameters.entries()) update(graph, p, gradients[i], rates);
  graph.result("loss", loss);
  graph.result("correct", graph.apply(engine.countCorrect, [logits, labels], {}));
  if (logits.shape[1] !== classes) throw new Error("bench: wrong number of classes");
  return lower(graph);
}

const dense = (graph, x, weight, bias) =>
  graph.apply(engine.addBias, [graph.apply(engine.matmul, [x, weight], plain), bias], {});
const relu = (graph, x) => graph.apply(engine.relu, [x], {});

function mlp(graph, x, parameter) {
  const hidden = relu(graph, dense(graph, x, parameter([784, 128]), parameter([128])));
  return dense(graph, hidden, parameter([128, 10]), parameter([10]));
}

function cnn(graph, x, parameter) {
  const block = (from, channels) => {
    const padding = [2, 2, 2, 2];
    const filter = parameter([5, 5, from.shape[3], channels]);
    const convolved = graph.apply(engine.conv2d, [from, filter], { strides: [1, 1], padding });
    const active = relu(graph, graph.apply(engine.addBias, [convolved, parameter([channels])], {}));
    const window = { size: [2, 2], strides: [2, 2], padding: [0, 0, 0, 0] };
    return graph.apply(engine.maxPool2d, [active], window);
  };
  const features = block(block(block(x, 16), 32), 64);
  const flat = graph.apply(engine.reshape, [features], { shape: [x.shape[0], 576] });
  const hidden = relu(graph, dense(graph, flat, parameter([576, 100]), parameter([100])));
  return dense(graph, hidden, parameter([100, 10]), parameter([10]));
}

function adam(graph, p, gradient, rates) {
  const moments = ["m", "v"].map((name) => graph.state(`${p.label} ${name}`, p.shape));
  const attributes = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, decoupled: false };
  graph.apply(engine.adam, [p, ...moments, gradient, rates], attributes);
}

function sgd(graph, p, gradient, rates) {
  graph.apply(engine.sgd, [p, gradient, rates], { weightDecay: 0 });
}

/** Seconds of a step: the median of many short stretches of time, and the best, free of other programs. */
function secondsOf(program, stretchMs = 4, stretches = 300) {
  const end = performance.now() + 1000;
  while (performance.now() < end) program.run();
  const times = [];
  for (let i = 0; i < stretches; i++) {
    const start = performance.now();
    let steps = 0;
    do {
      program.run();
      steps++;
    } while (performance.now() - start < stretchMs);
    times.push((performance.now() - start) / steps / 1000);
  }
  times.sort((a, b) => a - b);
  return { median: times[stretches >> 1], best: times[0] };
}

/** Fills inputs and parameters with numbers of the right kind and size. */
function fill(program) {
  const { inputs, states } = program.plan;
  for (const [name, slot] of [...inputs, ...states]) {
    const view = program.view(slot);
    const fanIn = slot.size / slot.shape.at(-1);
    if (/[mv]$/.test(name)) continue;
    for (let i = 0; i < view.length; i++) {
      const random = ((i * 2_654_435_761) % 1000) / 1000;
      if (slot.dtype === "i32") view[i] = i % 10;
      else if (name === "x") view[i] = i % 13 < 9 ? 0 : random;
      else view[i] = (random - 0.5) / Math.sqrt(fanIn);
    }
    if (name === "rates") view.set([0.001, 1, 1, 0]);
  }
}

const tasks = [
  ["train/mlp/32", 32, "images/s", () => trainingPlan([32, 784], 10, mlp, adam)],
  ["train/mlp/128", 128, "images/s", () => trainingPlan([128, 784], 10, mlp, adam)],
  ["train/cnn/32", 32, "images/s", () => trainingPlan([32, 28, 28, 1], 10, cnn, sgd)],
  ["train/cnn/128", 128, "images/s", () => trainingPlan([128, 28, 28, 1], 10, cnn, sgd)],
  ...[64, 128, 256, 512, 1024].map((n) => [
    `gemm/${n}`,
    (2 * n ** 3) / 1e9,
    "GFLOP/s",
    () => {
      const graph = new Graph();
      const factors = ["a", "b"].map((name) => graph.input(name, [n, n]));
      graph.result("c", graph.apply(engine.matmul, factors, plain));
      return lower(graph);
    },
  ]),
];

const only = process.argv[2] ?? "";
for (const threads of [1, 2]) {
  const backend = await wasmBackend({ threads, host: threadHost });
  console.log(backend.description);
  for (const [name, amount, unit, plan] of tasks) {
    if (!name.startsWith(only)) continue;
    const program = await backend.load(plan());
    fill(program);
    const { median, best } = secondsOf(program);
    const rates = [median, best].map((seconds) => (amount / seconds).toFixed(1).padStart(9));
    console.log(`  ${name.padEnd(14)} ${rates.join("  best")} ${unit}`);
    program.close();
  }
}
