import { DataError, Random } from "../base/index.js";
import { type DataSet, type ImageSet, splitStratified } from "../data/index.js";
import { type ModelFile, mnistFraming, modelFileProblem, noFraming } from "../nn/index.js";
import type { FitOptions } from "../train/index.js";
import type { Recipe } from "../zoo/index.js";
import { type DeviceOptions, openBackend } from "./backend.js";
import { usageError } from "./command-error.js";
import { dataDigest } from "./data-digest.js";
import { type DataOptions, loadData } from "./data-options.js";
import { type PartChoices, partOf } from "./data-part.js";
import type { Io } from "./io.js";
import { type RunConfig, runConfig, trainingRecord } from "./run-config.js";

/** Confidence from which a reading counts as sure. */
const SURE = 0.5;

/** What of a call decides a training; plain data, kept with the run. */
export interface LastingChoices extends DataOptions, PartChoices, DeviceOptions {
  readonly seed: number;
  readonly validation: number;
}

/** A training with everything at hand, and nothing done yet. */
export interface PlannedTraining {
  readonly config: RunConfig;
  readonly set: ImageSet;
  /** Test images that are not the training images again. */
  readonly testSet: ImageSet | undefined;
  readonly fitting: FitOptions;
  /** The model file but for its weights, and as long as nothing is known of its training. */
  readonly file: Omit<ModelFile, "weights">;
}

/**
 * Loads the data and looks for all that could spoil the training before it begins.
 *
 * @param recipeFor - the recipe for the images there are
 */
export async function planTraining(
  recipeFor: (set: ImageSet) => Recipe,
  options: LastingChoices,
  io: Io,
): Promise<PlannedTraining> {
  const { seed, validation } = options;
  const data = partOf(await loadData(options, io), options);
  expectGrey(data);
  const recipe = recipeFor(data.train);
  const { model, training } = recipe;
  const random = new Random(seed).fork("validation");
  const { train: set, held } = splitStratified(data.train, { share: validation, random });
  expectBothParts(validation, { train: set, held });
  const backend = await openBackend(options);
  const digest = await dataDigest(set, held, data.test);
  const config = runConfig({ recipe, options, data, backend, digest, cwd: io.cwd });
  const file = {
    model,
    classes: set.classes,
    preprocessing: data.framing === "mnist" ? mnistFraming(set) : noFraming(set),
    reading: { temperature: 1, threshold: SURE },
    record: trainingRecord(config, { history: [], interrupted: false }),
  };
  expectSavable(file);
  return {
    config,
    set,
    testSet: data.test === data.train ? undefined : data.test,
    fitting: { ...training, seed, backend, ...(held.count > 0 && { validation: held }) },
    file,
  };
}

/** Fails where a share held out leaves nothing to train on, or is nothing itself. */
function expectBothParts(
  share: number,
  { train, held }: { train: ImageSet; held: ImageSet },
): void {
  if (share === 0 || (train.count > 0 && held.count > 0)) return;
  const all = train.count + held.count;
  throw usageError(
    `--validation: must leave images to train on and hold out at least one, got ${share}, which holds out ${held.count} of ${all}`,
  );
}

/** Fails on images in colour: a model of them could not read pictures, which are read as grey. */
function expectGrey({ name, train: { channels } }: DataSet): void {
  if (channels === 1) return;
  throw new DataError(
    `data set ${name}: images must be grey to train on, got ${channels} channels; save them as pictures in folders named by label, which are read as grey`,
  );
}

/** Fails before the training where its model could not be saved after it: for a label too long, say. */
function expectSavable(file: Omit<ModelFile, "weights">): void {
  const problem = modelFileProblem(file);
  if (problem !== undefined) throw new DataError(`train: ${problem}`);
}
