import { softmax } from "../base/index.js";
import { encodePng, type ImageSet, imageAt } from "../data/index.js";
import { predictedClasses } from "./metrics/predicted-classes.js";

/** An image that was misread. */
export interface Mistake {
  /** Place of the image in its set. */
  readonly index: number;
  readonly actual: string;
  readonly predicted: string;
  /** Probability given to the wrong answer. */
  readonly confidence: number;
  /** The image as a PNG file, ink dark on white. */
  readonly png: Uint8Array;
}

/**
 * The misread images of which the model was surest, the surest first.
 *
 * @param logits - the model's answers, `[set.count, classes]`
 * @param options.limit - how many at most
 */
export async function worstMistakes(
  set: ImageSet,
  logits: Float32Array,
  { limit }: { readonly limit: number },
): Promise<Mistake[]> {
  const { labels, classes } = set;
  const predicted = predictedClasses(logits, classes.length);
  const probabilities = softmax(logits, classes.length);
  const confidenceOf = (index: number): number =>
    probabilities[index * classes.length + predicted[index]];
  const wrong = Array.from(labels.keys())
    .filter((index) => predicted[index] !== labels[index])
    .sort((a, b) => confidenceOf(b) - confidenceOf(a))
    .slice(0, limit);
  return Promise.all(
    wrong.map(async (index) => ({
      index,
      actual: classes[labels[index]],
      predicted: classes[predicted[index]],
      confidence: confidenceOf(index),
      png: await inkOnPaper(set, index),
    })),
  );
}

function inkOnPaper(set: ImageSet, index: number): Promise<Uint8Array> {
  return encodePng(
    imageAt(set, index).map((value) => 255 - value),
    set,
  );
}
