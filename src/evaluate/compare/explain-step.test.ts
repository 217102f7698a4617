import { describe, expect, it } from "vitest";
import type { ComparedModel, ComparedPair } from "./comparison.js";
import { explainStep } from "./explain-step.js";

const shifted = (accuracies: readonly number[]): ComparedModel["translation"] =>
  accuracies.map((accuracy, i) => ({ strength: i + 1, accuracy, interval: [0, 1] }));

const softmax: ComparedModel = {
  name: "softmax",
  n: 10_000,
  accuracy: 0.92,
  interval: [0.915, 0.925],
  loss: 0.28,
  lossType: "crossEntropy",
  parameters: 7850,
  bytes: 32_000,
  convolutions: 0,
  train: { n: 60_000, accuracy: 0.925, loss: 0.27 },
  speed: { oneImageMs: 0.01, batchImageMs: 0.001, batchSize: 256 },
  translation: shifted([0.85, 0.6, 0.3, 0.2, 0.1]),
  robustness: null,
};
const cnn: ComparedModel = {
  ...softmax,
  name: "cnn",
  accuracy: 0.99,
  parameters: 79_510,
  convolutions: 2,
  train: { n: 60_000, accuracy: 0.999, loss: 0.004 },
  translation: shifted([0.98, 0.95, 0.85, 0.6, 0.4]),
};
const pair: ComparedPair = {
  first: "softmax",
  second: "cnn",
  accuracy: { mean: 0.07, low: 0.065, high: 0.075 },
  negativeLogLikelihood: { mean: -0.25, low: -0.26, high: -0.24 },
  fixed: 730,
  introduced: 30,
  bothWrong: 70,
  p: 1e-180,
  perClass: [
    { label: "3", fixed: 200, introduced: 10 },
    { label: "8", fixed: 500, introduced: 5 },
    { label: "1", fixed: 30, introduced: 15 },
  ],
};

/** The one sentence with this beginning. */
function sentence(start: string, sentences: readonly string[]): string | undefined {
  const found = sentences.filter((text) => text.startsWith(start));
  expect(found.length).toBeLessThan(2);
  return found[0];
}

describe("explainStep", () => {
  const sentences = explainStep(softmax, cnn, pair);

  it("says how sure the difference is, and what becomes of the errors", () => {
    expect(sentences[0]).toBe(
      "cnn reads 99.00 %, softmax 92.00 %: +7.00 percentage points (95 %: +6.50 to +7.50), McNemar's exact p < 0.0001: beyond chance.",
    );
    expect(sentences[1]).toBe(
      "Of 800 images that softmax misreads it puts 730 right (91 %), and it misreads 30 that softmax reads.",
    );
    const unsure = explainStep(softmax, cnn, { ...pair, p: 0.3142 });
    expect(unsure[0]).toContain("McNemar's exact p = 0.3142: within chance");
    expect(unsure).toHaveLength(2);
  });

  it("calls the larger part of the difference fit or carrying over, from the training images", () => {
    expect(sentence("Capacity", sentences)).toContain(
      "so of +7.00 percentage points +7.40 are there on training images already, and −0.40 come with new ones: most is fit; softmax does not even fit the training images",
    );
    const fits = { ...softmax, train: { n: 60_000, accuracy: 0.998, loss: 0.01 } };
    expect(sentence("Capacity", explainStep(fits, cnn, pair))).toMatch(
      /\+0\.10 are there .* and \+6\.90 come .*: most is that cnn carries over better/,
    );
    const half = { ...softmax, train: { n: 60_000, accuracy: 0.964, loss: 0.1 } };
    expect(sentence("Capacity", explainStep(half, cnn, pair))).toMatch(
      /both fits and carries over/,
    );
    expect(sentence("Capacity", explainStep({ ...softmax, train: null }, cnn, pair))).toBe(
      undefined,
    );
  });

  it("does not take size for a reason where there is no more of it", () => {
    expect(sentence("cnn has", sentences)).toBe(
      "cnn has 79,510 parameters, 10 times the 7,850 of softmax.",
    );
    expect(sentence("cnn has", explainStep(softmax, { ...cnn, parameters: 7000 }, pair))).toContain(
      "size does not explain it",
    );
    expect(sentence("cnn has", explainStep(softmax, { ...cnn, parameters: 785 }, pair))).toContain(
      "fewer than the 7,850 of softmax by a factor of 10",
    );
  });

  it("says what the lead costs in time", () => {
    const slow = { ...cnn, speed: { ...cnn.speed, oneImageMs: 0.08 } };
    expect(sentence("An image", explainStep(softmax, slow, pair))).toBe(
      "An image alone takes it 0.080 ms, 8.0 times the 0.010 ms of softmax.",
    );
    expect(sentence("An image", sentences)).toContain("about the 0.010 ms");
  });

  it("names convolutions only where the translation test shows their work", () => {
    expect(sentence("Translation", sentences)).toBe(
      "Translation: moved by 1 to 5 px, cnn keeps 76.4 % of its accuracy on average, softmax 44.6 %: it depends less on where the ink stands; its 2 convolutions see a stroke alike wherever it stands, and softmax has none.",
    );
    const weak = { ...cnn, translation: shifted([0.8, 0.6, 0.4, 0.2, 0.1]) };
    const text = sentence("Translation", explainStep(softmax, weak, pair));
    expect(text).toContain("it depends more on where the ink stands, so its lead is not there");
    expect(text).not.toContain("convolution");
    const same = { ...cnn, translation: shifted([0.92, 0.65, 0.33, 0.21, 0.1]) };
    expect(sentence("Translation", explainStep(softmax, same, pair))).toContain(": alike, so");
  });

  it("names the labels that gain most", () => {
    expect(sentences.at(-1)).toBe("Errors saved, net, are most on 8 (495), 3 (190), 1 (15).");
  });
});
