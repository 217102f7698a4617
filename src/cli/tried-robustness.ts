import { Random } from "../base/index.js";
import { isImageSet, type SampleSet } from "../data/index.js";
import type { Backend } from "../engine/index.js";
import { corruptionSamples, measureRobustness, type Report } from "../evaluate/index.js";
import { usageError } from "./command-error.js";
import type { Io } from "./io.js";
import type { NamedFile } from "./measure-models.js";
import { stageProgress } from "./stage-progress.js";

/** Every call corrupts the same image the same way. */
const SEED = 1;

/** Measures one model of images on corrupted copies of `set`, with a live bar in a terminal. */
export async function triedRobustness(
  models: readonly NamedFile[],
  set: SampleSet,
  { backend, io }: { readonly backend: Backend; readonly io: Io },
): Promise<NonNullable<Report["robustness"]>> {
  const [only] = models;
  if (models.length > 1 || !isImageSet(set)) {
    throw usageError(
      `--robustness: must be asked of one model of images, got ${models.length > 1 ? `${models.length} models; hold them against each other with \`inkling compare\`` : "a model of tables"}`,
    );
  }
  const { model, weights } = only!.file;
  const random = new Random(SEED);
  const progress = stageProgress(io);
  const [measured] = await measureRobustness([{ model, weights, set }], {
    backend,
    random,
    onProgress: (share) => progress.onProgress("robustness", share),
  }).finally(progress.end);
  return { measured: measured!, samples: corruptionSamples(set, { index: 0, random }) };
}
