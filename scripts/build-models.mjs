// Trains a bundled model and writes it to models/, with the record of how it came about.
//
//   npm run build && npm run models -- digits [--threads N]
//
// Trains twice: first briefly on nine tenths of the training images, to find on the tenth held back how
// sure such a model may be (temperature, refusal threshold); then on all of them, for as many epochs as
// the recipe says. The test set is read once, at the end.
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { DataError, Random } from "../dist/base/index.js";
import { splitStratified } from "../dist/data/index.js";
import { wasmBackend } from "../dist/engine/index.js";
import { evaluate, predict, refusalThreshold } from "../dist/evaluate/index.js";
import { decodeModelFile, encodeModelFile, mnistFraming } from "../dist/nn/index.js";
import { loadDataSet, threadHost, writeFileAtomic } from "../dist/node/index.js";
import { fitTemperature } from "../dist/read/index.js";
import { fit } from "../dist/train/index.js";
import { recipe as recipeOf } from "../dist/zoo/index.js";

const SEED = 1;
const HELD_SHARE = 0.1;
/** Epochs of the first training, as a share of the recipe's. */
const REHEARSAL = 1 / 3;
/** Share of answers that may be wrong before the model prefers to say that it is unsure. */
const ACCEPTED_ERROR = 0.001;
const MAX_BYTES = 600_000;

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/** The models that travel with the package, and what each is made from. */
const bundled = {
  digits: { recipe: "digits", data: "mnist", precision: "f32" },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    threads: { type: "string", default: String(Math.min(availableParallelism(), 8)) },
    "data-dir": { type: "string" },
  },
});
const [name] = positionals;
const plan = bundled[name];
if (plan === undefined) {
  console.error(`build-models: name one of ${Object.keys(bundled).join(", ")}, got ${name}`);
  process.exit(2);
}
try {
  await build(name, plan);
} catch (error) {
  // Data that is not at hand is no fault of the script's: no stack.
  if (!(error instanceof DataError)) throw error;
  console.error(`build-models: ${error.message}`);
  process.exit(1);
}

async function build(name, { recipe: recipeName, data: dataName, precision }) {
  const { model, training } = recipeOf(recipeName);
  const data = await loadDataSet(dataName, { dataDir: values["data-dir"], seed: SEED });
  const { files, train: images, test } = data;
  const backend = await wasmBackend({ threads: Number(values.threads), host: threadHost });
  console.log(`${name}: ${images.count} images of ${dataName}, ${backend.description}`);

  const { train, held } = splitStratified(images, {
    share: HELD_SHARE,
    random: new Random(SEED).fork("held"),
  });
  const epochs = Math.ceil(REHEARSAL * training.epochs);
  const rehearsal = await trainOn(train, { epochs, validation: held });
  const reading = await sureness(rehearsal.weights, held);
  console.log(`held out: ${JSON.stringify(reading)}`);
  const { weights, seconds } = await trainOn(images);

  const { temperature, threshold } = reading;
  const file = {
    model,
    weights,
    classes: images.classes,
    preprocessing: mnistFraming(),
    reading: { temperature, threshold },
    record: {},
  };
  // Measured is what will be read back, rounding of the weights included.
  const stored = decodeModelFile(encodeModelFile(file, { precision }), name);
  const { accuracy, interval, loss, n } = await measured(stored.weights, test);
  const record = {
    name,
    date: new Date().toISOString().slice(0, 10),
    recipe: recipeName,
    training,
    seed: SEED,
    data: { name: dataName, images: images.count, files },
    backend: backend.description,
    versions: { inkling: version, node: process.versions.node },
    seconds: Math.round(seconds),
    heldOut: { share: HELD_SHARE, images: held.count, epochs, ...reading },
    test: { n, accuracy, interval, loss },
  };
  const bytes = encodeModelFile({ ...file, record }, { precision });
  if (bytes.length > MAX_BYTES) throw new RangeError(`${name}: ${bytes.length} bytes are too many`);
  const path = join(fileURLToPath(new URL("../models/", import.meta.url)), name);
  await writeFileAtomic(`${path}.inkling`, bytes);
  await writeFileAtomic(`${path}.json`, `${JSON.stringify(record, null, 2)}\n`);
  console.log(`${name}: ${bytes.length} bytes, test accuracy ${accuracy}, interval ${interval}`);

  function trainOn(set, options) {
    return fit(model, set, {
      ...training,
      ...options,
      seed: SEED,
      backend,
      onEpoch({ epoch, loss, accuracy, validation, seconds, imagesPerSecond }) {
        const held = validation ? `, held out ${validation.loss} ${validation.accuracy}` : "";
        console.log(
          `epoch ${epoch}: ${loss} ${accuracy}${held}, ${Math.round(imagesPerSecond)}/s, ${Math.round(seconds)} s`,
        );
      },
    });
  }

  async function sureness(weights, held) {
    const logits = await predict(model, weights, held, { backend });
    const temperature = fitTemperature(logits, held.labels);
    const scaled = logits.map((logit) => logit / temperature);
    const options = { classes: held.classes.length, error: ACCEPTED_ERROR };
    const { accuracy } = evaluate(logits, held);
    return { accuracy, temperature, ...refusalThreshold(scaled, held.labels, options) };
  }

  async function measured(weights, set) {
    return evaluate(await predict(model, weights, set, { backend }), set);
  }
}
