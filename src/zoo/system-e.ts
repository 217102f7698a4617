import type { Recipe, Training } from "./recipe.js";
import { rectifiedNet } from "./rectified-net.js";

const training: Training = {
  epochs: 10,
  batchSize: 32,
  learningRate: 0.002,
  loss: { type: "crossEntropy" },
  optimizer: { type: "adam" },
  schedule: { type: "cosine" },
};

/** System E: hidden layers of 128 or 256 rectified units, batches of 32 (or 64, by `--batch-size`). */
export const systemE: readonly Recipe[] = [[128], [256], [256, 128]].map((hidden) => ({
  name: `mlp-${hidden.join("-")}`,
  summary: `${hidden.join(" and ")} rectified units, Adam`,
  model: rectifiedNet(...hidden),
  training,
  reported: { system: "E", testAccuracy: 0.9791 },
}));
