import type { ImageSet } from "../data/index.js";
import type { ModelDescription } from "../nn/index.js";
import { type FitOptions, type FitResult, fit } from "../train/index.js";
import type { Io } from "./io.js";
import type { RunFolder } from "./run-folder.js";
import { trainingProgress } from "./training-progress.js";

/** Trains before the eyes of whoever is there: progress is told and kept, Ctrl-C ends it early. */
export async function fitLive(
  model: ModelDescription,
  set: ImageSet,
  options: FitOptions,
  { folder, json, io }: { folder: RunFolder; json: boolean; io: Io },
): Promise<FitResult> {
  const progress = trainingProgress(io, { epochs: options.epochs, json });
  const abort = new AbortController();
  const stopListening = io.onInterrupt(() => abort.abort());
  try {
    return await fit(model, set, {
      ...options,
      signal: abort.signal,
      onStep: (step) => progress.onStep(step),
      onEpoch(record) {
        folder.addEpoch(record);
        progress.onEpoch(record);
      },
    });
  } finally {
    progress.end();
    stopListening();
  }
}
