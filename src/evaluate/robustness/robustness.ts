import type { Random } from "../../base/index.js";
import type { ImageSet } from "../../data/index.js";
import type { Backend } from "../../engine/index.js";
import type { ModelDescription, Weights } from "../../nn/index.js";
import { forcedChoice } from "../forced-choice.js";
import { predictedClasses } from "../metrics/predicted-classes.js";
import { wilsonInterval } from "../metrics/wilson-interval.js";
import { predict } from "../predict.js";
import { corruptedSet } from "./corrupted-set.js";
import { type Corruption, corruptions } from "./corruptions.js";

/** A model and the images it is tried on. */
export interface Subject {
  readonly model: ModelDescription;
  readonly weights: Weights;
  /** Grey images of the size of the model's input, labels in the order of its outputs. */
  readonly set: ImageSet;
}

/** Accuracy under one corruption at one strength. */
export interface RobustnessCell {
  readonly strength: number;
  readonly accuracy: number;
  /** Wilson's 95 % interval of the accuracy. */
  readonly interval: readonly [number, number];
}

export interface RobustnessRow {
  readonly corruption: Corruption["name"];
  readonly unit: string;
  readonly what: string;
  readonly cells: readonly RobustnessCell[];
  /** Mean accuracy over the strengths. */
  readonly mean: number;
}

/** How accurate a model stays where images are worse than those it learnt from. Plain data. */
export interface Robustness {
  readonly rows: readonly RobustnessRow[];
  /** Mean accuracy over all corruptions and strengths. */
  readonly mean: number;
}

interface RobustnessOptions {
  readonly backend: Backend;
  /** Decides which way each image is moved, turned, covered. */
  readonly random: Random;
  /** All if not said. */
  readonly corruptions?: readonly Corruption[];
  /** Is told the share of the work that is done. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Accuracy of models on corrupted copies of their images: shift, rotation, scale, thickness, noise,
 * blur, contrast and occlusion at five strengths each (after Hendrycks and Dietterich 2019, with
 * corruptions of our own made for handwriting). Models that are given the same images see the same
 * copies.
 */
export async function measureRobustness(
  subjects: readonly Subject[],
  { backend, random, corruptions: chosen = corruptions, onProgress }: RobustnessOptions,
): Promise<Robustness[]> {
  const rows: RobustnessRow[][] = subjects.map(() => []);
  const total = chosen.length * 5 * subjects.length;
  let done = 0;
  for (const corruption of chosen) {
    const cells: RobustnessCell[][] = subjects.map(() => []);
    for (const strength of corruption.strengths) {
      const copies = new Map<Uint8Array, ImageSet>();
      for (const [i, { model, weights, set }] of subjects.entries()) {
        const copy = copies.get(set.images) ?? corruptedSet(set, { corruption, strength, random });
        copies.set(set.images, copy);
        const logits = await predict(model, weights, copy, {
          backend,
          onProgress: (share) => onProgress?.((done + share) / total),
        });
        cells[i].push({ strength, ...accuracyOf(logits, set) });
        done += 1;
      }
    }
    const { name, unit, what } = corruption;
    cells.forEach((row, i) => {
      rows[i].push({ corruption: name, unit, what, cells: row, mean: meanOf(row) });
    });
  }
  return rows.map((own) => ({
    rows: own,
    mean: own.reduce((sum, { mean }) => sum + mean, 0) / own.length,
  }));
}

function accuracyOf(logits: Float32Array, set: ImageSet) {
  const { labels } = set;
  const choice = forcedChoice(logits, set);
  const predicted = predictedClasses(choice.logits, choice.classes.length);
  const right = labels.reduce((sum, label, i) => sum + (predicted[i] === label ? 1 : 0), 0);
  return { accuracy: right / labels.length, interval: wilsonInterval(right, labels.length) };
}

function meanOf(cells: readonly RobustnessCell[]): number {
  return cells.reduce((sum, { accuracy }) => sum + accuracy, 0) / cells.length;
}
