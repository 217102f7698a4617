import { softmax } from "../base/index.js";
import type { ImageSet } from "../data/index.js";
import { forcedChoice } from "./forced-choice.js";
import { predictedClasses } from "./metrics/predicted-classes.js";

/** Images, and what a model answered to each, `[set.count, classes]`. */
export interface Answers {
  readonly set: ImageSet;
  readonly logits: Float32Array;
}

/** The answers as they are counted: where all images show a character, among characters alone. */
export function charactersAlone({ set, logits }: Answers): Answers {
  const choice = forcedChoice(logits, set);
  return { set: { ...set, classes: choice.classes }, logits: choice.logits };
}

/** What a model said of one image. */
export interface ImageReading {
  /** Place of the image in its set. */
  readonly index: number;
  readonly actual: string;
  readonly predicted: string;
  /** Probability given to the answer. */
  readonly confidence: number;
}

/** What the model said of each image, in the order of the set. */
export function allReadings(
  { labels, classes }: Pick<ImageSet, "labels" | "classes">,
  logits: Float32Array,
): ImageReading[] {
  const predicted = predictedClasses(logits, classes.length);
  const probabilities = softmax(logits, classes.length);
  return Array.from(predicted, (answer, index) => ({
    index,
    actual: classes[labels[index]],
    predicted: classes[answer],
    confidence: probabilities[index * classes.length + answer],
  }));
}
