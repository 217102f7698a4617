import type { Recipe } from "./recipe.js";
import { rectifiedNet } from "./rectified-net.js";

/**
 * A plain fully connected net that never sees an image twice: what deformation is worth where nothing in the
 * network knows of neighbouring pixels (Simard, Steinkraus and Platt 2003; Cireşan et al. 2010).
 */
export const mlpDeformed: Recipe = {
  name: "mlp-deformed",
  summary: "1024 and 512 units, deformed images",
  model: rectifiedNet(1024, 512),
  training: {
    epochs: 120,
    batchSize: 128,
    learningRate: 0.001,
    loss: { type: "crossEntropy" },
    optimizer: { type: "adamw", weightDecay: 0.01 },
    schedule: { type: "cosine", warmup: 0.02 },
    averageDecay: 0.999,
    augmentation: {
      rotationDegrees: 12,
      scale: 0.12,
      shear: 0.15,
      shiftPx: 1.5,
      thickness: 0.5,
      elasticPx: 1,
    },
  },
};
