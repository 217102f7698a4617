import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Random } from "../../dist/base/index.js";
import {
  countsPerClass,
  dataSetCatalog,
  gunzip,
  kFolds,
  parseWriters,
  selectImages,
  subset,
} from "../../dist/data/index.js";
import { forcedChoice, predict, predictedClasses } from "../../dist/evaluate/index.js";
import { loadDataSet, loadModel, locateDataSet } from "../../dist/node/index.js";
import { adapt, labelledBy, rehearsalFor } from "../../dist/train/index.js";

const SEEDS = [1, 2];
/** Characters that a writer must have left. */
const FEWEST = 20;
const STROKES = "unipen-test-strokes.ndjson.gz";

/** What each model is adapted to reading, and what it knew before. */
const campaign = [
  { name: "digits", known: "digits:mnist+unipen" },
  { name: "letters", known: "letters:unipen" },
];

/** Every writer of unipen's test set with enough characters: half of them to learn from, half to read. */
export async function measureWriters({ backend, dataDir, models, say }) {
  const { test } = await loadDataSet("unipen", { dataDir });
  const writers = await testWriters(test.count, dataDir);
  const rows = [];
  for (const { name, known } of campaign) {
    const file = await loadModel(join(models, `${name}.inkling`));
    const data = await loadDataSet(known, { dataDir });
    const old = await rightOf(file, data.test, backend);
    const { set, indices } = selectImages(test, name);
    const hands = handsIn(indices.map((i) => writers[i]));
    const measured = [];
    const oldAfter = [];
    for (const [writer, list] of hands) {
      const runs = [];
      for (const seed of SEEDS) {
        const own = labelledBy(subset(set, list), file.classes);
        const adapted = await adaptedTo(own, { file, data, seed, backend });
        runs.push(adapted.figures);
        if (seed === SEEDS[0]) oldAfter.push(await rightOf(adapted.file, data.test, backend));
      }
      const told = runs.map(({ n, before, after }) => `${before} → ${after} of ${n}`);
      say(`${name}, writer ${writer}: ${told.join(", ")}`);
      measured.push({ writer, runs });
    }
    rows.push({
      name,
      known,
      oldImages: data.test.count,
      oldBefore: old,
      oldAfter,
      writers: measured,
    });
  }
  return { seeds: SEEDS.length, rows };
}

/** Teaches a model one half of what a writer wrote, and counts what it reads right of the other, before and after. */
async function adaptedTo(own, { file, data, seed, backend }) {
  const [half] = kFolds(own.labels, { folds: 2, random: new Random(seed) });
  const examples = withoutSingle(subset(own, half.train));
  const test = subset(own, half.held);
  const rehearsal = rehearsalFor(file, {
    count: 2000,
    random: new Random(seed).fork("rehearsal"),
    known: labelledBy(data.train, file.classes),
  });
  const startMs = performance.now();
  const { file: adapted } = await adapt(file, examples, { rehearsal, seed, backend });
  const seconds = (performance.now() - startMs) / 1000;
  const before = await rightOf(file, test, backend);
  const after = await rightOf(adapted, test, backend);
  return {
    file: adapted,
    figures: { examples: examples.count, seconds, n: test.count, before, after },
  };
}

/** The characters of each writer who has enough. */
function handsIn(writers) {
  const hands = new Map();
  writers.forEach((writer, i) => {
    hands.set(writer, [...(hands.get(writer) ?? []), i]);
  });
  return [...hands].filter(([, list]) => list.length >= FEWEST);
}

/** Without classes of which there is one example: `adapt` wants two. */
function withoutSingle(set) {
  const counts = countsPerClass(set);
  return subset(
    set,
    [...set.labels.keys()].filter((i) => counts[set.labels[i]] > 1),
  );
}

async function rightOf({ model, weights, classes }, images, backend) {
  const set = labelledBy(images, classes);
  const choice = forcedChoice(await predict(model, weights, set, { backend }), set);
  const predicted = predictedClasses(choice.logits, choice.classes.length);
  return predicted.filter((answer, i) => answer === set.labels[i]).length;
}

async function testWriters(count, dataDir) {
  const unipen = dataSetCatalog.find(({ name }) => name === "unipen");
  const { folder } = await locateDataSet(unipen, { dataDir });
  const packed = readFileSync(join(folder, STROKES));
  const bytes = await gunzip(packed, { limit: 200_000_000, source: STROKES });
  return parseWriters(new TextDecoder().decode(bytes), { count, source: STROKES });
}
