import { DataError, type ImageStep } from "../base/index.js";
import {
  type DataSet,
  fitPreparation,
  type ImageSet,
  isImageStep,
  isTransposed,
  type PrepareNotes,
  polarityOfSet,
  prepareImages,
  prepareTable,
  type SampleSet,
  type StepRequest,
  subset,
  type Table,
  type TableRequest,
  type TableSet,
} from "../data/index.js";
import {
  emnistFraming,
  type ModelFile,
  mnistFraming,
  noFraming,
  type TableModelFile,
} from "../nn/index.js";
import { isImageData } from "../node/index.js";

/** The parts of a set as a model takes them. */
export interface PreparedSamples {
  readonly train: SampleSet;
  /** Held out of the training samples; may be empty. */
  readonly held: SampleSet;
  readonly test: SampleSet | undefined;
  /** How use comes to the same, for the model file. */
  readonly input: Pick<ModelFile, "preprocessing" | "prepare"> | Pick<TableModelFile, "table">;
  /** What preparation met in a table, by part. */
  readonly notes: Readonly<Record<string, PrepareNotes>>;
}

/** Parts of the set that they come with: all images, or all tables. */
interface RawParts<S> {
  readonly train: S;
  readonly held: S;
  readonly test: S | undefined;
}

/**
 * Carries out the steps that were asked for on every part of a set. What they need to know they
 * learn from the training part alone: neither samples held out nor test samples have a say.
 */
export function prepareSamples(
  data: DataSet | TableSet,
  parts: RawParts<ImageSet | Table>,
  requests: readonly StepRequest[],
): PreparedSamples {
  return isImageData(data)
    ? preparedImages(data, parts as RawParts<ImageSet>, imageSteps(requests))
    : preparedTables(parts as RawParts<Table>, tableSteps(requests));
}

function preparedImages(
  data: DataSet,
  { train, held, test }: RawParts<ImageSet>,
  steps: readonly ImageStep[],
): PreparedSamples {
  expectGrey(data);
  return {
    train: prepareImages(train, steps),
    held: prepareImages(held, steps),
    test: test && prepareImages(test, steps),
    input: {
      preprocessing: contractOf(data, train, steps),
      ...(steps.length > 0 && { prepare: steps }),
    },
    notes: {},
  };
}

/** How a picture becomes like the images of the set as they came, before any step. */
function contractOf(
  { framing, fromPictures }: DataSet,
  images: ImageSet,
  steps: readonly ImageStep[],
): ModelFile["preprocessing"] {
  if (framing === "none") return noFraming(images);
  const contract = framing === "emnist" ? emnistFraming(images) : mnistFraming(images);
  if (fromPictures) return contract;
  const turns = steps.some(({ type }) => type === "transpose");
  return {
    ...contract,
    ink: polarityOfSet(images),
    ...(turns && isTransposed(images) && { transposed: true }),
  };
}

function preparedTables(
  { train, held, test }: RawParts<Table>,
  requests: readonly TableRequest[],
): PreparedSamples {
  const table = fitPreparation(train, requests);
  const trained = prepareTable(train, table);
  const validated = held.count > 0 ? prepareTable(held, table) : undefined;
  const tested = test && prepareTable(test, table);
  return {
    train: trained.set,
    held: validated?.set ?? subset(trained.set, []),
    test: tested?.set,
    input: { table },
    notes: {
      training: trained.notes,
      ...(validated && { validation: validated.notes }),
      ...(tested && { test: tested.notes }),
    },
  };
}

function imageSteps(requests: readonly StepRequest[]): ImageStep[] {
  return requests.map((request) => {
    if (isImageStep(request)) return request;
    throw new DataError(
      `prepare: images take the steps resize, invert and transpose, got ${request.type}, which is for tables`,
    );
  });
}

function tableSteps(requests: readonly StepRequest[]): TableRequest[] {
  return requests.map((request) => {
    if (!isImageStep(request)) return request;
    throw new DataError(
      `prepare: tables take the steps ignore, missing, ordinal, oneHot, minMax and zScore, got ${request.type}, which is for images`,
    );
  });
}

/** Fails on images in colour: a model of them could not read pictures, which are read as grey. */
function expectGrey({ name, train: { channels } }: DataSet): void {
  if (channels === 1) return;
  throw new DataError(
    `data set ${name}: images must be grey to train on, got ${channels} channels; save them as pictures in folders named by label, which are read as grey`,
  );
}
