// Trains a bundled model and writes it to models/, with the record of how it came about.
//
//   npm run build && npm run models -- digits [--epochs N] [--threads N] [--out folder]
//   npm run models -- digits --images 3000 --epochs 1 --out /tmp      tries the script
//
// A twelfth of the data is held out, all that one person wrote together. On what people wrote of it is
// found how sure the model may be: temperature, and the threshold for each wished error rate. The test
// sets are read once, at the end.
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { answerProbabilities, DataError, Random } from "../dist/base/index.js";
import { kFolds, subset } from "../dist/data/index.js";
import { wasmBackend } from "../dist/engine/index.js";
import {
  coverageAtError,
  evaluate,
  fitTemperature,
  forcedChoice,
  predict,
  rejectCurve,
} from "../dist/evaluate/index.js";
import { decodeModelFile, encodeModelFile, mnistFraming } from "../dist/nn/index.js";
import { loadDataSet, threadHost, writeFileAtomic } from "../dist/node/index.js";
import { fit } from "../dist/train/index.js";
import { modelFor, recipe as recipeOf } from "../dist/zoo/index.js";

const SEED = 1;
/** One of so many parts is held out. */
const PARTS = 12;
/** Shares of answers that may be wrong for which a threshold is kept. */
const ERRORS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05];
const MAX_BYTES = 1_000_000;

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/**
 * The models that travel with the package: the sets of their recipe that people wrote, and the share of answers
 * that may be wrong unless asked otherwise.
 */
const bundled = {
  digits: { written: ["mnist", "unipen"], acceptedError: 0.002 },
  letters: { written: ["unipen"], acceptedError: 0.01 },
  characters: { written: ["mnist", "unipen"], acceptedError: 0.02 },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    epochs: { type: "string" },
    images: { type: "string" },
    threads: { type: "string", default: String(Math.min(availableParallelism(), 8)) },
    "data-dir": { type: "string" },
    out: { type: "string", default: fileURLToPath(new URL("../models", import.meta.url)) },
  },
});
const [name] = positionals;
if (!Object.hasOwn(bundled, name ?? "")) {
  console.error(`build-models: name one of ${Object.keys(bundled).join(", ")}, got ${name}`);
  process.exit(2);
}
try {
  await build(name, bundled[name]);
} catch (error) {
  // Data that is not at hand is no fault of the script's: no stack.
  if (!(error instanceof DataError)) throw error;
  console.error(`build-models: ${error.message}`);
  process.exit(1);
}

async function build(name, { written, acceptedError }) {
  const { data: dataName, model: described, training: planned } = recipeOf(name);
  const training = { ...planned, ...(values.epochs && { epochs: Number(values.epochs) }) };
  const data = await loadDataSet(dataName, { dataDir: values["data-dir"], seed: SEED });
  const { classes } = data.train;
  const model = modelFor(described, data.train);
  const backend = await wasmBackend({ threads: Number(values.threads), host: threadHost });
  console.log(`${name}: ${data.train.count} images of ${dataName}, ${backend.description}`);

  const split = { folds: PARTS, random: new Random(SEED).fork("held"), groups: data.writers };
  const [fold] = kFolds(data.train.labels, split);
  const few = values.images && new Random(SEED).shuffle(fold.train).slice(0, Number(values.images));
  const train = subset(data.train, few ?? fold.train);
  const held = await writtenBy(new Set(fold.held.map((i) => data.writers[i])));
  const { weights, seconds } = await fit(model, train, {
    ...training,
    seed: SEED,
    backend,
    validation: held,
    onEpoch({ epoch, loss, accuracy, validation, seconds, imagesPerSecond }) {
      const figures = [loss, accuracy, validation.loss, validation.accuracy].map((x) =>
        x.toFixed(4),
      );
      const speed = `${Math.round(imagesPerSecond)}/s, ${Math.round(seconds)} s`;
      console.log(`epoch ${epoch}: ${figures.join(" ")} (learned from, held out), ${speed}`);
    },
  });

  const file = {
    model,
    weights,
    classes,
    preprocessing: mnistFraming(),
    reading: { temperature: 1, threshold: 0 },
    record: {},
  };
  // Measured is what will be read back, rounding of the weights included.
  const rounded = decodeModelFile(encodeModelFile(file, { precision: "f16" }), name).weights;
  const reading = await sureness(rounded, held);
  const tests = [];
  for (const part of written) {
    const { test } = await loadDataSet(`${name}:${part}`, { dataDir: values["data-dir"] });
    const { accuracy: inSinglePrecision } = await measured(weights, test);
    tests.push({ data: part, ...(await measured(rounded, test)), inSinglePrecision });
  }
  const [test, ...testElsewhere] = tests;
  const record = {
    name,
    date: new Date().toISOString().slice(0, 10),
    recipe: name,
    training,
    seed: SEED,
    data: { name: dataName, images: train.count, files: data.files },
    backend: backend.description,
    versions: { inkling: version, node: process.versions.node },
    seconds: Math.round(seconds),
    heldOut: { parts: PARTS, images: held.count, ...reading.heldOut },
    test,
    testElsewhere,
  };
  const { temperature, threshold, atError } = reading;
  const complete = { ...file, reading: { temperature, threshold, atError }, record };
  const bytes = encodeModelFile(complete, { precision: "f16" });
  if (bytes.length > MAX_BYTES) throw new RangeError(`${name}: ${bytes.length} bytes are too many`);
  const path = join(resolve(values.out), name);
  await writeFileAtomic(`${path}.inkling`, bytes);
  await writeFileAtomic(`${path}.json`, `${JSON.stringify(record, null, 2)}\n`);
  console.log(JSON.stringify({ bytes: bytes.length, ...reading, test, testElsewhere }, null, 1));
  process.exit(0);

  /** What the writers held out wrote; the same image has the same writer in every mixture that begins alike. */
  async function writtenBy(writers) {
    const set = await loadDataSet(`${name}:${written.join("+")}`, {
      dataDir: values["data-dir"],
      seed: SEED,
    });
    const theirs = Array.from(set.writers.keys()).filter((i) => writers.has(set.writers[i]));
    return { ...subset(set.train, theirs), classes };
  }

  /** Temperature and thresholds. */
  async function sureness(weights, held) {
    const logits = await predict(model, weights, held, { backend });
    const temperature = fitTemperature(logits, held.labels);
    const probabilities = answerProbabilities(logits, classes, { temperature });
    const curve = rejectCurve(probabilities, held.labels);
    const atError = ERRORS.map((error) => ({
      error,
      threshold: coverageAtError(curve, error).threshold,
    }));
    const point = coverageAtError(curve, acceptedError);
    const { accuracy } = evaluate(logits, held);
    return {
      temperature,
      threshold: point.threshold,
      atError,
      heldOut: { accuracy, temperature, ...point },
    };
  }

  async function measured(weights, { labels, ...set }) {
    const logits = await predict(model, weights, { ...set, labels }, { backend });
    const choice = forcedChoice(logits, { labels, classes });
    const { accuracy, interval, loss, n } = evaluate(choice.logits, { ...choice, labels });
    return { n, accuracy, interval, loss };
  }
}
