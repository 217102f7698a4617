import { describeModel, type LayerSummary } from "../nn/index.js";
import { estimateTraining, type TrainingEstimate } from "../train/index.js";
import type { Io } from "./io.js";
import type { PlannedTraining } from "./planned-training.js";
import { printJson } from "./print-json.js";
import { bytes, clock, count } from "./terminal/format.js";
import { formatTable } from "./terminal/table.js";

/**
 * Tells what a training would be: its layers, and what it takes of memory and time by a few real
 * steps. Writes nothing.
 *
 * @param trainings - how many alike are asked for
 */
export async function dryRun(
  { config, set, testSet, fitting, file }: PlannedTraining,
  { trainings, json, io }: { trainings: number; json: boolean; io: Io },
): Promise<void> {
  const layers = describeModel(file.model);
  const parameters = layers.reduce((sum, layer) => sum + layer.parameters, 0);
  const { validation: held } = fitting;
  const samples = { train: set.count, validation: held?.count ?? 0, test: testSet?.count ?? 0 };
  const dataBytes = [set, held, testSet].reduce((sum, part) => sum + sizeInBytes(part), 0);
  const estimate = await estimateTraining(file.model, set, fitting);
  if (json) {
    const { recipe, seed, data, device } = config;
    const what = { recipe, seed, data: { name: data.name, ...samples }, device: device.backend };
    const layerList = layers.map(({ name, type, outputShape, parameters }) => {
      return { name, type, outputShape, parameters };
    });
    const model = { layers: layerList, parameters };
    printJson(io, { event: "plan", ...what, trainings, model, dataBytes, ...estimate });
    return;
  }
  const { recipe, data, device } = config;
  const { training } = recipe;
  const rows = [
    ["recipe", `${recipe.name}: ${recipe.summary}`],
    [
      "data",
      `${data.name}: ${count(samples.train)} to learn from, ${count(samples.validation)} to validate on, ${count(samples.test)} to test on`,
    ],
    ["device", device.backend],
    ["parameters", count(parameters)],
    [
      "steps",
      `${count(estimate.steps)}: ${training.epochs} epochs of ${count(Math.ceil(estimate.stepsPerEpoch))}, ${estimate.batchSize} samples each`,
    ],
    ["operations", `${flopsText(estimate.flopsPerStep)} a step`],
    [
      "memory",
      `${bytes(estimate.memoryBytes)} for the network in training, ${bytes(dataBytes)} for the data`,
    ],
    ["checkpoints", `${bytes(estimate.checkpointBytes)} each, two of them kept`],
    ["time", timeText(estimate, training.epochs, trainings)],
  ];
  io.stdout.write(`${layerTable(layers)}\n${formatTable(rows, "ll")}nothing was written\n`);
}

function layerTable(layers: readonly LayerSummary[]): string {
  const rows = layers.map(({ name, type, outputShape, parameters }) => [
    name,
    type,
    outputShape.join(" × "),
    parameters === 0 ? "" : count(parameters),
  ]);
  return formatTable([["layer", "type", "output", "parameters"], ...rows], "lllr");
}

function timeText(
  { seconds, secondsPerStep, flopsPerStep }: TrainingEstimate,
  epochs: number,
  trainings: number,
): string {
  const rate = `${(flopsPerStep / secondsPerStep / 1e9).toFixed(1)} GFLOP/s`;
  const step = `${(1000 * secondsPerStep).toPrecision(3)} ms a step (${rate})`;
  const all = trainings === 1 ? "" : `; ${clock(trainings * seconds)} for ${trainings} trainings`;
  return `about ${clock(seconds)}: ${step}, ${(seconds / epochs).toPrecision(3)} s an epoch${all}`;
}

/** 18816000 → `18.8 MFLOP`. */
function flopsText(flops: number): string {
  return flops < 1e9 ? `${(flops / 1e6).toFixed(1)} MFLOP` : `${(flops / 1e9).toFixed(2)} GFLOP`;
}

function sizeInBytes(part: object | undefined): number {
  return Object.values(part ?? {}).reduce<number>(
    (sum, value) => sum + (ArrayBuffer.isView(value) ? value.byteLength : 0),
    0,
  );
}
