import { answerProbabilities, Random } from "../../dist/base/index.js";
import { lightAugmentation, subset } from "../../dist/data/index.js";
import { predict, predictedClasses } from "../../dist/evaluate/index.js";
import { loadDataSet, loadModel } from "../../dist/node/index.js";
import { adapt, fit, rehearsalFor } from "../../dist/train/index.js";
import { modelFor } from "../../dist/zoo/index.js";

const SEEDS = [1, 2, 3];
/** Examples of each letter. */
const AMOUNTS = [5, 20, 100];
/** What is learned from nothing sees so many images, and each of its own at least so often. */
const SCRATCH_IMAGES = 60_000;
const SCRATCH_EPOCHS = 40;

/** From digits to letters: the last layer, all layers, and the same network from nothing, on the same examples. */
export async function measureTransfer({ backend, dataDir, models, say }) {
  const file = await loadModel(`${models}/digits.inkling`);
  const { train, test } = await loadDataSet("letters:unipen", { dataDir });
  const rows = [];
  for (const amount of AMOUNTS) {
    for (const way of Object.keys(ways)) {
      const runs = [];
      for (const seed of SEEDS) {
        const examples = someOfEach(train, amount, new Random(seed));
        const startMs = performance.now();
        const learned = await ways[way](file, examples, { seed, backend });
        const seconds = (performance.now() - startMs) / 1000;
        runs.push({ seconds, accuracy: await accuracyOf(learned, test, backend) });
      }
      say(`digits to letters, ${amount}, ${way}: ${runs.map((run) => run.accuracy.toFixed(4))}`);
      rows.push({ amount, way, runs });
    }
  }
  return { images: test.count, seeds: SEEDS.length, rows };
}

const ways = {
  head: (file, examples, options) => adapted(file, examples, { only: "head", ...options }),
  all: (file, examples, options) => adapted(file, examples, { only: "all", ...options }),
  scratch: async (file, examples, { seed, backend }) => {
    const model = modelFor(file.model, examples);
    const epochs = Math.max(SCRATCH_EPOCHS, Math.ceil(SCRATCH_IMAGES / examples.count));
    const { weights } = await fit(model, examples, {
      epochs,
      batchSize: 64,
      learningRate: 0.003,
      optimizer: { type: "adamw", weightDecay: 0.01 },
      schedule: { type: "cosine", warmup: 0.05 },
      augmentation: lightAugmentation,
      seed,
      backend,
    });
    return { model, weights, classes: examples.classes };
  },
};

async function adapted(file, examples, { only, seed, backend }) {
  const rehearsal = rehearsalFor(file, { count: 2000, random: new Random(seed).fork("rehearsal") });
  const options = { only, classes: "replace", rehearsal, seed, backend };
  return (await adapt(file, examples, options)).file;
}

function someOfEach(set, amount, random) {
  const left = set.classes.map(() => amount);
  const order = random.shuffle([...set.labels.keys()]);
  return subset(
    set,
    order.filter((i) => left[set.labels[i]]-- > 0),
  );
}

/** Which letter, as it is known that there is one. */
async function accuracyOf({ model, weights, classes }, { labels, ...images }, backend) {
  const logits = await predict(model, weights, { ...images, labels }, { backend });
  const probabilities = answerProbabilities(logits, classes);
  const predicted = predictedClasses(probabilities, probabilities.length / labels.length);
  return predicted.filter((answer, i) => answer === labels[i]).length / labels.length;
}
