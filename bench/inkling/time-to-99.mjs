// The recipe fast99, from the first batch to the last weights, and what it then reads of the test set.
import { evaluate, predict } from "../../dist/evaluate/index.js";
import { loadDataSet } from "../../dist/node/index.js";
import { fit } from "../../dist/train/index.js";
import { modelFor, recipes } from "../../dist/zoo/index.js";

/** One whole training a call, each with a seed of its own. */
export async function measureTimeTo99({ dataSet }, backend) {
  const recipe = recipes().find(({ name }) => name === "fast99");
  if (recipe === undefined) throw new Error("the zoo has no recipe fast99 yet");
  if (dataSet !== "mnist") throw new Error("MNIST is not there; set INKLING_DATA to its folder");
  const start = performance.now();
  const { train, test } = await loadDataSet("mnist", { offline: true });
  const loadingS = (performance.now() - start) / 1000;
  const model = modelFor(recipe.model, train);
  let seed = 0;
  const measure = async () => {
    seed += 1;
    let firstMs;
    let steps;
    const onStep = (progress) => {
      firstMs ??= performance.now();
      ({ steps } = progress);
    };
    const { weights } = await fit(model, train, { ...recipe.training, seed, backend, onStep });
    // The first step ends when the clock starts; it counts like the others.
    const seconds = ((performance.now() - firstMs) / 1000) * (steps / (steps - 1));
    const logits = await predict(model, weights, test, { backend });
    const { accuracy } = evaluate(logits, test);
    return { rate: 1 / seconds, accuracy };
  };
  return { measure, loadingS, note: "recipe fast99" };
}
