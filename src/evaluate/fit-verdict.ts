import type { SampleNoun } from "./evaluate.js";
import { Z95 } from "./metrics/wilson-interval.js";
import { percent } from "./page/format.js";

/** Loss and accuracy on n samples. */
export interface SplitMeasure {
  readonly n: number;
  readonly loss: number;
  readonly accuracy: number;
}

export interface FitVerdict {
  readonly kind: "over-fitting" | "under-fitting" | "balanced";
  /** One or two sentences with the figures it follows from. */
  readonly text: string;
}

/** Above this share of misread training samples a model has not learnt what it was shown. */
export const UNDER_FITTING_ERROR = 0.05;
/** A gap of fewer percentage points than this is called slight. */
const SLIGHT_GAP = 0.01;

/**
 * Says from the numbers whether a model over- or under-fits.
 *
 * With e the share of misread samples: over-fitting, where e(test) - e(train) is larger than chance
 * (two-proportion z-test at 5 %) and makes up at least half of e(test); under-fitting, where that is
 * not so and e(train) is above 5 %; else balanced.
 */
export function fitVerdict(
  train: SplitMeasure,
  test: SplitMeasure,
  samples: SampleNoun = "images",
): FitVerdict {
  const trainError = 1 - train.accuracy;
  const testError = 1 - test.accuracy;
  const gap = testError - trainError;
  const figures = `${percent(trainError)} of the training ${samples} are misread and ${percent(testError)} of the test ${samples}`;
  const beyondChance = gapInDeviations(train, test) > Z95;
  if (beyondChance && gap >= testError / 2) {
    const ratio = test.loss / train.loss;
    const losses =
      ratio >= 1.5 && Number.isFinite(ratio)
        ? ` The test loss is ${ratio.toFixed(1)} times the training loss.`
        : "";
    return {
      kind: "over-fitting",
      text: `${gap < SLIGHT_GAP ? "Slight over-fitting" : "Over-fitting"}: ${figures}; ${percent(gap / testError, 0)} of the test error is that gap.${losses}`,
    };
  }
  const compared = beyondChance
    ? `the gap of ${(100 * gap).toFixed(2)} percentage points is the smaller part of the test errors`
    : "the difference is within chance";
  if (trainError > UNDER_FITTING_ERROR) {
    return {
      kind: "under-fitting",
      text: `Under-fitting: ${figures}; ${compared}. The model has not learnt even the ${samples} it was shown; it is too small for them, or was trained too briefly.`,
    };
  }
  return { kind: "balanced", text: `A balanced fit: ${figures}; ${compared}.` };
}

/** By how many standard deviations the test error lies above the training error. */
function gapInDeviations(train: SplitMeasure, test: SplitMeasure): number {
  const pooled = (train.accuracy * train.n + test.accuracy * test.n) / (train.n + test.n);
  const variance = pooled * (1 - pooled) * (1 / train.n + 1 / test.n);
  return variance === 0 ? 0 : (train.accuracy - test.accuracy) / Math.sqrt(variance);
}
