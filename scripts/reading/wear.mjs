import { join } from "node:path";
import { Random } from "../../dist/base/index.js";
import { measureRobustness } from "../../dist/evaluate/index.js";
import { loadDataSet, loadModel } from "../../dist/node/index.js";

/** `digits` on corrupted copies of MNIST's test images. */
export async function measureWear({ backend, dataDir, models, say }) {
  const { model, weights, classes } = await loadModel(join(models, "digits.inkling"));
  const { test } = await loadDataSet("mnist", { dataDir });
  const subject = { model, weights, set: { ...test, classes } };
  const [measured] = await measureRobustness([subject], { backend, random: new Random(1) });
  say(`corrupted copies: ${measured.mean}`);
  return measured;
}
