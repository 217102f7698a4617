import type { SampleSet } from "../data/index.js";
import type { Backend } from "../engine/index.js";
import { type Evaluation, evaluate, forcedChoice, predict } from "../evaluate/index.js";
import type { LossDescription, ModelDescription, Weights } from "../nn/index.js";
import type { Io } from "./io.js";
import { bar } from "./terminal/bar.js";
import { percent } from "./terminal/format.js";
import { LiveLine } from "./terminal/live-line.js";
import { isLive } from "./terminal/style.js";

/** A model's answers to a set, and how good they are. */
export interface Measured {
  readonly set: SampleSet;
  /** `[set.count, classes]` */
  readonly logits: Float32Array;
  /** Of the characters alone, where all samples show one. */
  readonly evaluation: Evaluation;
}

interface MeasureOptions {
  /** What the model was trained with. */
  readonly loss: LossDescription;
  /** What logits are divided by; 1 if not said. */
  readonly temperature?: number;
  /** Samples of the shape of the model's input, classes in the order of its outputs. */
  readonly set: SampleSet;
  readonly backend: Backend;
  readonly io: Io;
}

/** Measures, with a live bar in a terminal where it takes long. */
export async function measure(
  model: ModelDescription,
  weights: Weights,
  { loss, temperature = 1, set, backend, io }: MeasureOptions,
): Promise<Measured> {
  const { onProgress, end } = measuringProgress(io);
  const raw = await predict(model, weights, set, { backend, onProgress }).finally(end);
  const logits = temperature === 1 ? raw : raw.map((logit) => logit / temperature);
  const { labels } = set;
  const choice = forcedChoice(logits, set);
  const evaluation = evaluate(choice.logits, { ...choice, labels }, { model, loss });
  return { set, logits, evaluation };
}

function measuringProgress(io: Io) {
  const line = new LiveLine(io.stderr);
  return {
    onProgress(share: number): void {
      if (!line.isDue || !isLive(io.stderr, io.env)) return;
      const text = `measuring  ▕${bar(share, 20)}▏ ${percent(share, 0).padStart(5)}`;
      line.draw(text.slice(0, io.stderr.columns - 1));
    },
    end: () => line.clear(),
  };
}
