import type { LossDescription } from "../../nn/index.js";
import type { SplitMeasure } from "../fit-verdict.js";
import type { Robustness, RobustnessCell, Subject } from "../robustness/robustness.js";
import type { Speed } from "./measure-speed.js";
import type { BootstrapInterval } from "./paired-bootstrap.js";

/** A model that is compared with others. */
export interface Contender extends Subject {
  readonly name: string;
  /** What it was trained with. */
  readonly loss: LossDescription;
  /** Size of its file. */
  readonly bytes: number;
  /** Training images as the model takes them, for its capacity. */
  readonly train?: Subject["set"];
}

/** All that was measured of one model. */
export interface ComparedModel extends SplitMeasure {
  readonly name: string;
  /** Wilson's 95 % interval of the accuracy. */
  readonly interval: readonly [number, number];
  readonly lossType: LossDescription["type"];
  readonly parameters: number;
  readonly bytes: number;
  /** Number of convolutions among its layers. */
  readonly convolutions: number;
  /** The same on the training images; `null` where there are none apart. */
  readonly train: SplitMeasure | null;
  readonly speed: Speed;
  /** The translation test: accuracy where images are moved by 1 to 5 px. */
  readonly translation: readonly RobustnessCell[];
  /** All corruptions, if asked for. */
  readonly robustness: Robustness | null;
}

/** Two models on the same images; differences are the second's less the first's. */
export interface ComparedPair {
  readonly first: string;
  readonly second: string;
  /** Of the accuracy, with its 95 % interval by paired bootstrap. */
  readonly accuracy: BootstrapInterval;
  /** Of the negative log-likelihood, in nats; below 0 the second is better. */
  readonly negativeLogLikelihood: BootstrapInterval;
  /** Images that only the second reads right. */
  readonly fixed: number;
  /** Images that only the first reads right. */
  readonly introduced: number;
  readonly bothWrong: number;
  /** McNemar's exact test. */
  readonly p: number;
  /** By label: images that only the second, and only the first reads right. */
  readonly perClass: readonly {
    readonly label: string;
    readonly fixed: number;
    readonly introduced: number;
  }[];
}

/** Why a model reads more than the next less accurate one, in sentences from measured figures. */
export interface ComparisonStep {
  readonly from: string;
  readonly to: string;
  readonly sentences: readonly string[];
}

/** An image on which models disagree. */
export interface Disagreement {
  readonly index: number;
  readonly actual: string;
  /** One a model, in order. */
  readonly readings: readonly { readonly predicted: string; readonly confidence: number }[];
}

/** Models compared on one set of images. Plain data: this is what `--json` prints. */
export interface Comparison {
  /** Number of images. */
  readonly n: number;
  readonly models: readonly ComparedModel[];
  readonly pairs: readonly ComparedPair[];
  /** From the least accurate to the most. */
  readonly steps: readonly ComparisonStep[];
  readonly disagreements: readonly Disagreement[];
}
