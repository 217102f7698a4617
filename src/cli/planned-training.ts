import { DataError, Random } from "../base/index.js";
import {
  type ImageSet,
  type PrepareNotes,
  parseSteps,
  type SampleSet,
  splitStratified,
  type Table,
} from "../data/index.js";
import { type ModelFile, modelFileProblem, type TableModelFile } from "../nn/index.js";
import type { FitOptions } from "../train/index.js";
import type { Recipe } from "../zoo/index.js";
import { type DeviceOptions, openBackend } from "./backend.js";
import { usageError } from "./command-error.js";
import { dataDigest } from "./data-digest.js";
import { type DataOptions, loadSamples } from "./data-options.js";
import { type PartChoices, partOf } from "./data-part.js";
import type { Io } from "./io.js";
import { prepareSamples } from "./prepared-samples.js";
import { type RunConfig, runConfig, trainingRecord } from "./run-config.js";

/** Confidence from which a reading counts as sure. */
const SURE = 0.5;

/** What of a call decides a training; plain data, kept with the run. */
export interface LastingChoices extends DataOptions, PartChoices, DeviceOptions {
  readonly seed: number;
  readonly validation: number;
  /** Steps of preparation, see {@link parseSteps}. */
  readonly prepare?: readonly string[];
}

/** A training with everything at hand, and nothing done yet. */
export interface PlannedTraining {
  readonly config: RunConfig;
  readonly set: SampleSet;
  /** Test samples that are not the training samples again. */
  readonly testSet: SampleSet | undefined;
  readonly fitting: FitOptions;
  /** The model file but for its weights, and as long as nothing is known of its training. */
  readonly file: UntrainedFile;
  /** What the preparation of a table met, by part. */
  readonly notes: Readonly<Record<string, PrepareNotes>>;
}

type UntrainedFile = Omit<ModelFile, "weights"> | Omit<TableModelFile, "weights">;

/**
 * Loads the data and looks for all that could spoil the training before it begins.
 *
 * @param recipeFor - the recipe for the samples there are
 */
export async function planTraining(
  recipeFor: (set: SampleSet) => Recipe,
  options: LastingChoices,
  io: Io,
): Promise<PlannedTraining> {
  const { seed, validation, prepare = [] } = options;
  const steps = parseSteps(prepare);
  const loaded = await loadSamples(options, io);
  const parts = partOf<ImageSet | Table>(loaded, options);
  const random = new Random(seed).fork("validation");
  const raw = splitStratified(parts.train, { share: validation, random, groups: parts.writers });
  expectBothParts(validation, raw);
  const test = parts.test === parts.train ? undefined : parts.test;
  const prepared = prepareSamples(loaded, { ...raw, test }, steps);
  const { train: set, held, test: testSet, notes } = prepared;
  const recipe = recipeFor(set);
  const { model, training } = recipe;
  expectValidation(training, held.count);
  const backend = await openBackend(options);
  const digest = await dataDigest(set, held, testSet);
  const config = runConfig({
    recipe,
    options,
    data: { ...loaded, ...parts },
    backend,
    digest,
    cwd: io.cwd,
  });
  const file = {
    model,
    classes: set.classes,
    ...prepared.input,
    reading: { temperature: 1, threshold: SURE },
    record: trainingRecord(config, { history: [], interrupted: false }),
  };
  expectSavable(file);
  return {
    config,
    set,
    testSet,
    fitting: { ...training, seed, backend, ...(held.count > 0 && { validation: held }) },
    file,
    notes,
  };
}

/** Fails where a share held out leaves nothing to train on, or is nothing itself. */
function expectBothParts(
  share: number,
  { train, held }: { train: ImageSet | Table; held: ImageSet | Table },
): void {
  if (share === 0 || (train.count > 0 && held.count > 0)) return;
  const all = train.count + held.count;
  throw usageError(
    `--validation: must leave images to train on and hold out at least one, got ${share}, which holds out ${held.count} of ${all}`,
  );
}

/** Fails where the best weights are to be found by validation, and there is none. */
function expectValidation({ patience, keepBest }: Recipe["training"], held: number): void {
  if (held > 0 || (patience === undefined && keepBest !== true)) return;
  throw usageError(
    `${patience === undefined ? "--keep-best" : "--patience"}: must go with images to validate on, got none; hold some out, as with --validation 0.1`,
  );
}

/** Fails before the training where its model could not be saved after it: for a label too long, say. */
function expectSavable(file: UntrainedFile): void {
  const problem = modelFileProblem(file);
  if (problem !== undefined) throw new DataError(`train: ${problem}`);
}
