/**
 * A neural network from nothing but arrays: one hidden layer that learns to read digits.
 *
 * No part of Inkling's engine is used here, only its drawn digits to learn from. Run it with
 * `node examples/from-scratch.ts` (Node 22.18 or later, after `npm ci`).
 *
 * Notation: x is an image as a column of 784 pixels in [0, 1], t its label.
 *
 *     z1 = W1·x + b1     W1 [15, 784]   the hidden layer's weighted sums
 *     a1 = g(z1)         15 numbers     g(z) = 1 / (1 + e^-z), the sigmoid
 *     z2 = W2·a1 + b2    W2 [10, 15]    one score per digit
 *     p  = softmax(z2)   10 numbers     p_k = e^z2_k / Σ_j e^z2_j, probabilities
 *     C  = -ln p_t                      the cost: how surprised the network is by the truth
 */
import { Random, synthetic } from "inkling";

const INPUTS = 28 * 28;
const HIDDEN = 15;
const OUTPUTS = 10;

/** Trains with plain gradient descent, one image at a time; returns the share read right. */
export function trainFromScratch(options: {
  images: number;
  epochs: number;
  seed: number;
}): number {
  const random = new Random(options.seed);
  const train = synthetic({
    count: options.images,
    alphabet: "digits",
    random: random.fork("train"),
  });
  const test = synthetic({ count: 1000, alphabet: "digits", random: random.fork("test") });

  // Small random weights, so that no two hidden units start alike; biases start at 0.
  const w1 = Float64Array.from({ length: HIDDEN * INPUTS }, () => 0.05 * random.normal());
  const b1 = new Float64Array(HIDDEN);
  const w2 = Float64Array.from({ length: OUTPUTS * HIDDEN }, () => 0.2 * random.normal());
  const b2 = new Float64Array(OUTPUTS);
  const rate = 0.1;

  /** The forward pass: from pixels to hidden activations and probabilities. */
  const forward = (x: Float64Array): { a1: Float64Array; p: Float64Array } => {
    const a1 = new Float64Array(HIDDEN);
    for (let i = 0; i < HIDDEN; i++) {
      let z = b1[i];
      for (let j = 0; j < INPUTS; j++) z += w1[i * INPUTS + j] * x[j];
      a1[i] = 1 / (1 + Math.exp(-z));
    }
    const z2 = new Float64Array(OUTPUTS);
    for (let k = 0; k < OUTPUTS; k++) {
      z2[k] = b2[k];
      for (let i = 0; i < HIDDEN; i++) z2[k] += w2[k * HIDDEN + i] * a1[i];
    }
    // e^z overflows for large z; taking the largest away changes nothing in the quotient.
    const largest = Math.max(...z2);
    const p = z2.map((z) => Math.exp(z - largest));
    const sum = p.reduce((total, value) => total + value, 0);
    return { a1, p: p.map((value) => value / sum) };
  };

  /** The backward pass: how the cost changes with each weight, and a small step downhill. */
  const learn = (x: Float64Array, t: number): void => {
    const { a1, p } = forward(x);
    // dC/dz2 = p - onehot(t): softmax and logarithm cancel to the plain error.
    const dz2 = p.map((value, k) => value - (k === t ? 1 : 0));
    // dC/da1 = W2ᵀ·dz2, and through the sigmoid g'(z) = g(z)·(1 - g(z)): dz1 = da1 ⊙ a1·(1 - a1).
    const dz1 = a1.map((a, i) => {
      let da = 0;
      for (let k = 0; k < OUTPUTS; k++) da += w2[k * HIDDEN + i] * dz2[k];
      return da * a * (1 - a);
    });
    // dC/dW2 = dz2·a1ᵀ and dC/db2 = dz2; the same one layer below with x. Then W ← W - rate·dC/dW.
    for (let k = 0; k < OUTPUTS; k++) {
      for (let i = 0; i < HIDDEN; i++) w2[k * HIDDEN + i] -= rate * dz2[k] * a1[i];
      b2[k] -= rate * dz2[k];
    }
    for (let i = 0; i < HIDDEN; i++) {
      for (let j = 0; j < INPUTS; j++) w1[i * INPUTS + j] -= rate * dz1[i] * x[j];
      b1[i] -= rate * dz1[i];
    }
  };

  const pixels = (images: Uint8Array, index: number): Float64Array =>
    Float64Array.from(images.subarray(index * INPUTS, (index + 1) * INPUTS), (byte) => byte / 255);
  const order = Array.from({ length: train.count }, (_, index) => index);
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    for (const index of random.shuffle(order))
      learn(pixels(train.images, index), train.labels[index]);
  }

  let right = 0;
  for (let index = 0; index < test.count; index++) {
    const { p } = forward(pixels(test.images, index));
    if (p.indexOf(Math.max(...p)) === test.labels[index]) right++;
  }
  return right / test.count;
}

if (process.argv[1]?.endsWith("from-scratch.ts")) {
  const accuracy = trainFromScratch({ images: 5000, epochs: 5, seed: 1 });
  console.log(`15 hidden units read ${(100 * accuracy).toFixed(1)} % of 1,000 new digits`);
}
