import { strongAugmentation } from "../../dist/data/index.js";
import { evaluate, predict } from "../../dist/evaluate/index.js";
import { loadDataSet } from "../../dist/node/index.js";
import { fit } from "../../dist/train/index.js";
import { modelFor, recipe } from "../../dist/zoo/index.js";

const SEED = 1;
/** Images learned from, in all epochs together: each training gets as many. */
const IMAGES = 200_000;

const light = recipe("cnn").training.augmentation;

/** What is learned from, how images are deformed, and where it is tried. */
const campaign = [
  ["digits:mnist", "light", light, "digits:unipen"],
  ["digits:mnist", "strong", strongAugmentation, "digits:unipen"],
  ["digits:mnist+synthetic", "strong", strongAugmentation, "digits:unipen"],
  ["digits:unipen", "light", light, "digits:mnist"],
  ["digits:unipen", "strong", strongAugmentation, "digits:mnist"],
  ["digits:unipen+redrawn*4+synthetic", "strong", strongAugmentation, "digits:mnist"],
];

/** Nets that learn from one source and are measured on writers of another. */
export async function measureSources({ backend, dataDir, say }) {
  const { model, training } = recipe("digits");
  const rows = [];
  for (const [data, deformed, augmentation, other] of campaign) {
    const { train } = await loadDataSet(data, { dataDir, seed: SEED });
    const net = modelFor(model, train);
    const epochs = Math.ceil(IMAGES / train.count);
    const plan = { ...training, epochs, augmentation, averageDecay: 0.99, seed: SEED, backend };
    const { weights } = await fit(net, train, plan);
    const { test } = await loadDataSet(other, { dataDir });
    const logits = await predict(net, weights, test, { backend });
    const { n, accuracy, interval } = evaluate(logits, test);
    rows.push({ data, deformed, other, images: epochs * train.count, n, accuracy, interval });
    say(`${data}, ${deformed}, on ${other}: ${accuracy}`);
  }
  return rows;
}
