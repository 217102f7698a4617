import type { Evaluation } from "../evaluate/index.js";
import type { FitResult } from "../train/index.js";

/** What a finished run came to: `result.json`. */
export interface RunResult {
  readonly finishedAt: string;
  readonly seconds: number;
  readonly epochs: number;
  readonly stoppedEarly: boolean;
  /** The epoch the weights are of, where the best were kept. */
  readonly bestEpoch: number | null;
  readonly train: RunFigures;
  /** `null` where the data has no test images. */
  readonly test: RunFigures | null;
}

export interface RunFigures {
  readonly loss: number;
  readonly accuracy: number;
  /** Samples. */
  readonly n: number;
}

export function runResult(
  { history, seconds, stoppedEarly, bestEpoch }: FitResult,
  { trained, tested }: { trained: Evaluation; tested: Evaluation | undefined },
): RunResult {
  return {
    finishedAt: new Date().toISOString(),
    seconds,
    epochs: history.length,
    stoppedEarly,
    bestEpoch: bestEpoch ?? null,
    train: figuresOf(trained),
    test: tested ? figuresOf(tested) : null,
  };
}

function figuresOf({ loss, accuracy, n }: Evaluation): RunFigures {
  return { loss, accuracy, n };
}
