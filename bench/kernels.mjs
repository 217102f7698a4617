// Where the time of a training step goes, kernel by kernel, and what share of the peak each reaches.
import { Random } from "../dist/base/index.js";
import { wasmBackend } from "../dist/engine/index.js";
import { model as checked, compileTraining, initialWeights } from "../dist/nn/index.js";
import { threadHost } from "../dist/node/index.js";
import { flopsOf, watchedBackend } from "../dist/train/index.js";
import { generalNetworks } from "./general-networks.mjs";
import { measurePeak } from "./inkling/peak.mjs";
import { repeated } from "./peers/serve.mjs";
import { summarize } from "./summary.mjs";
import { aligned } from "./table.mjs";

const BATCH = 64;
/** A kernel with a smaller part of the sums of products is left out of the table. */
const HEAVY = 0.05;

/** Prints a table a network; returns the results as the JSON file has them. */
export async function measureKernels({ threads, runs, seconds }) {
  const backend = await wasmBackend({ threads, host: threadHost });
  const { measure, close } = measurePeak(threads);
  await measure(seconds);
  const peak = await measure(seconds);
  close();
  console.log(`${backend.description}; peak ${peak.toFixed(1)} GFLOP/s; batch ${BATCH}\n`);
  const results = [];
  for (const [name, network] of Object.entries(generalNetworks)) {
    const plan = await trainingPlan(network, backend);
    const costs = [];
    for (const step of plan.steps) {
      const rates = await measureStep(plan, step, { backend, runs, seconds });
      costs.push({ step, flops: flopsOf({ steps: [step] }), rates });
    }
    const rows = heavyRows(costs, peak);
    const { imagesPerSecond } = wholeOf(costs);
    console.log(`${name}, ${Math.round(imagesPerSecond).toLocaleString("en-US")} images/s`);
    console.log(`${aligned(rows.map(cellsOf), "llrrl")}\n`);
    for (const { label, kernel, shares } of rows) {
      if (shares === undefined) continue;
      const task = { task: `general/${name}/${label}: ${kernel}`, unit: "share of peak" };
      results.push(summarize(task, "inkling", shares));
    }
  }
  return results;
}

/** The plan of a whole step of training with Adam. */
async function trainingPlan(network, backend) {
  const model = checked(network);
  let loaded;
  const watched = watchedBackend(backend, (plan) => {
    loaded = plan;
  });
  const program = await compileTraining(model, {
    batchSize: BATCH,
    loss: { type: "crossEntropy" },
    optimizer: { type: "adam" },
    weights: initialWeights(model, new Random(1)),
    seed: 1,
    backend: watched,
  });
  program.close();
  return loaded;
}

/**
 * Calls a second of one step of a plan alone, a rate a run. There are no states, so that whatever is
 * made ready from weights is made ready in every call, as it is in training. No number is 0.
 */
async function measureStep(plan, step, { backend, runs, seconds }) {
  const results = new Map([["output", step.output]]);
  const alone = { ...plan, steps: [step], states: new Map(), results };
  const program = await backend.load(alone);
  const random = new Random(1);
  for (const slot of step.inputs.filter(({ dtype }) => dtype === "f32")) {
    const view = program.view(slot);
    for (let i = 0; i < view.length; i++) view[i] = random.between(0, 1);
  }
  const measure = repeated(() => program.run());
  measure(seconds);
  const rates = Array.from({ length: runs }, () => measure(seconds));
  program.close();
  return rates;
}

function wholeOf(costs) {
  const secondsAStep = costs.reduce((sum, { rates }) => sum + 1 / Math.max(...rates), 0);
  return { secondsAStep, imagesPerSecond: BATCH / secondsAStep };
}

/** The heavy kernels, in the order of the plan, then all else as one row. */
function heavyRows(costs, peak) {
  const { secondsAStep } = wholeOf(costs);
  const flops = costs.reduce((sum, cost) => sum + cost.flops, 0);
  const heavy = costs.filter((cost) => cost.flops >= HEAVY * flops);
  const rows = heavy.map(({ step, rates, ...cost }) => ({
    label: step.label,
    kernel: kernelOf(step),
    time: 1 / Math.max(...rates) / secondsAStep,
    shares: rates.map((rate) => (cost.flops * rate) / 1e9 / peak),
  }));
  const rest = 1 - rows.reduce((sum, { time }) => sum + time, 0);
  return [...rows, { label: "all else", kernel: "", time: rest }];
}

/** The name of the operation; of products also which factor is transposed: each occurs in a layer. */
function kernelOf({ operation: { name }, attributes: { transposeA, transposeB } }) {
  if (name !== "matmul") return name;
  return `${name} ${transposeA ? "aᵀ" : "a"}·${transposeB ? "bᵀ" : "b"}`;
}

function cellsOf({ label, kernel, time, shares }) {
  const percent = (share) => `${Math.round(100 * share)} %`;
  const best = shares && Math.max(...shares);
  return [
    label,
    kernel,
    `${percent(time)} of the time`,
    shares ? `${percent(best)} of peak` : "",
    best < 0.35 ? "below 35 %" : "",
  ];
}
