import type { SampleSet } from "../data/index.js";
import type { ModelDescription } from "../nn/index.js";
import { type FitOptions, type FitResult, fit } from "../train/index.js";
import type { Interrupt, Io } from "./io.js";
import type { RunFolder } from "./run-folder.js";
import { trainingProgress } from "./training-progress.js";

/** Where a training happens, and what becomes of what it learned. */
interface FitSurroundings {
  /** Where the metrics are kept; nowhere if absent. */
  readonly folder?: RunFolder;
  readonly json: boolean;
  readonly io: Io;
  /** Is waited for before Ctrl-C may end anything again. */
  readonly save?: (result: FitResult) => Promise<void>;
}

/**
 * Trains before the eyes of whoever is there: progress is told and kept, Ctrl-C or a request to end
 * stops it early, and what was learned by then is saved.
 *
 * @returns with the signal that came, be it after the last step
 */
export async function fitLive(
  model: ModelDescription,
  set: SampleSet,
  options: FitOptions,
  { folder, json, io, save }: FitSurroundings,
): Promise<FitResult & { signal?: Interrupt }> {
  const progress = trainingProgress(io, { epochs: options.epochs, json });
  const abort = new AbortController();
  let signal: Interrupt | undefined;
  const stopListening = io.onInterrupt((received) => {
    signal = received;
    abort.abort();
  });
  try {
    const result = await fit(model, set, {
      ...options,
      signal: abort.signal,
      onStep: (step) => progress.onStep(step),
      onEpoch(record) {
        folder?.addEpoch(record);
        progress.onEpoch(record);
      },
    });
    progress.end();
    await save?.(result);
    return { ...result, ...(signal !== undefined && { signal }) };
  } finally {
    progress.end();
    stopListening();
  }
}
