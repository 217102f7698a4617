import { strongAugmentation } from "../data/index.js";
import { bundledNet } from "./bundled-net.js";
import type { Recipe } from "./recipe.js";

/**
 * The bundled model's: small enough to travel with the package, and made for ink that no one cleaned for it.
 * It learns from scans and from pens of every kind, worn as photographs are, and what is no digit. The record
 * of its training lies beside it in `models/`.
 */
export const digits: Recipe = {
  name: "digits",
  summary: "the bundled reader of digits",
  data: "digits:mnist*2+unipen+redrawn*3+synthetic+others",
  model: bundledNet([32, 64, 160, 160], 11),
  training: {
    epochs: 20,
    batchSize: 128,
    learningRate: 0.004,
    loss: { type: "crossEntropy" },
    optimizer: { type: "adamw", weightDecay: 0.01 },
    schedule: { type: "cosine", warmup: 0.02 },
    averageDecay: 0.999,
    augmentation: strongAugmentation,
  },
};
