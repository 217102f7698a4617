// What is measured. Every system answers with a rate, calls a second; `figure` turns it into `unit`.
import { cnn, mlp, softmax } from "./networks.mjs";

/** Images of one call where many are read at once. */
const READING_BATCH = 256;

const adam = { type: "adam", learningRate: 1e-4 };
const sgd = { type: "sgd", learningRate: 1e-2 };

function train(name, batch, model, optimizer) {
  const figure = (rate) => rate * batch;
  return {
    task: `train/${name}/${batch}`,
    unit: "images/s",
    kind: "train",
    batch,
    model,
    optimizer,
    figure,
  };
}

/** One image at a time runs on one thread: more only add meetings. */
function readOne(name, model) {
  const figure = (rate) => 1e6 / rate;
  return {
    task: `infer/${name}/1`,
    unit: "µs",
    kind: "infer",
    batch: 1,
    model,
    threads: 1,
    figure,
  };
}

function readMany(name, model) {
  const batch = READING_BATCH;
  const figure = (rate) => rate * batch;
  return { task: `infer/${name}/batch`, unit: "images/s", kind: "infer", batch, model, figure };
}

function product(n) {
  const figure = (rate) => (rate * 2 * n ** 3) / 1e9;
  return { task: `gemm/${n}`, unit: "GFLOP/s", kind: "gemm", n, figure };
}

/** With another program on one core. */
function busy(name, batch, model, optimizer) {
  const task = `busy/${name}/${batch}`;
  return { task, unit: "share", kind: "busy", batch, model, optimizer, figure: same };
}

const same = (rate) => rate;

/** In the order they run; the peak comes first, for the others are compared with it. */
export const tasks = [
  { task: "peak", unit: "GFLOP/s", kind: "peak", figure: same },
  ...[64, 128, 256, 512, 1024].map(product),
  train("softmax", 32, softmax, sgd),
  train("mlp", 32, mlp, adam),
  train("mlp", 128, mlp, adam),
  train("cnn", 32, cnn, sgd),
  train("cnn", 128, cnn, sgd),
  readOne("mlp", mlp),
  readOne("cnn", cnn),
  readMany("mlp", mlp),
  readMany("cnn", cnn),
  {
    task: "augment/cnn",
    unit: "share",
    kind: "augment",
    batch: 128,
    model: cnn,
    optimizer: sgd,
    figure: same,
  },
  busy("mlp", 32, mlp, adam),
  busy("cnn", 32, cnn, sgd),
  { task: "read", unit: "ms", kind: "read", figure: (rate) => 1000 / rate },
  { task: "time-to-99", unit: "s", kind: "time-to-99", figure: (rate) => 1 / rate },
];

/** The tasks whose names begin with one of the prefixes; all where there are none. */
export function chosenTasks(prefixes) {
  const chosen = tasks.filter(
    ({ task }) => prefixes.length === 0 || prefixes.some((prefix) => task.startsWith(prefix)),
  );
  if (chosen.length > 0) return chosen;
  const names = tasks.map(({ task }) => task).join(", ");
  throw new Error(`--only: must begin one of ${names}, got ${prefixes.join(", ")}`);
}
