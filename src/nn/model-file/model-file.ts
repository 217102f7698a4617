import {
  FormatError,
  type ImageStep,
  preparedSize,
  type TablePreparation,
} from "../../base/index.js";
import type { Shape } from "../../engine/index.js";
import { resolveLayers } from "../build-layers.js";
import type { ModelDescription } from "../model.js";
import { parseModel } from "../parse-model.js";
import { isObject, list, number, optional, record, show } from "../schema.js";
import {
  expectWeights,
  numbersProblem,
  parametersOf,
  type Weights,
  weightsProblem,
} from "../weights.js";
import { depthOf, parseBoundedJson } from "./bounded-json.js";
import { imageStepsCheck, tableProblem } from "./preparation.js";
import { type Preprocessing, preprocessingCheck } from "./preprocessing.js";
import {
  decodeSafetensors,
  decodeTensor,
  encodeSafetensors,
  encodeTensor,
  type Tensor,
} from "./safetensors.js";

/** A trained model with all that its use needs, whatever it is trained on. */
interface TrainedModel {
  readonly model: ModelDescription;
  readonly weights: Weights;
  /** What each output stands for, in order. */
  readonly classes: readonly string[];
  readonly reading: ReadingOptions;
  /** How it was trained: any JSON. */
  readonly record: Readonly<Record<string, unknown>>;
}

/** A trained model of pictures with all that reading with it needs. */
export interface ModelFile extends TrainedModel {
  readonly preprocessing: Preprocessing;
  /** What is done to the images that `preprocessing` makes; nothing if absent. */
  readonly prepare?: readonly ImageStep[];
}

/** A trained model of the rows of a table, and how a row becomes its input. */
export interface TableModelFile extends TrainedModel {
  readonly table: TablePreparation;
}

/** How sure a reading must be. */
export interface ReadingOptions {
  /** Logits are divided by it before the softmax (Guo et al. 2017); 1 leaves them alone. */
  readonly temperature: number;
  /** Least confidence, from 0 to 1, of an answer that is given as sure. */
  readonly threshold: number;
  /** Least confidence at which, of images held out, at most the share `error` of the answers were wrong. */
  readonly atError?: readonly { readonly error: number; readonly threshold: number }[];
}

const FORMAT = "inkling";
const VERSION = "1";
/** How deep lists and objects of a training record may lie in each other. */
const RECORD_DEPTH = 32;
/** How deep the lists and objects of a table's preparation lie in each other. */
const TABLE_DEPTH = 6;
const MAX_CLASSES = 4096;

/** Error rates a model may tell the threshold for. */
const MAX_ERRORS = 64;

const readingCheck = record({
  temperature: number(1e-3, 1e3),
  threshold: number(0, 1),
  atError: optional(list(record({ error: number(0, 1), threshold: number(0, 1) }), 1, MAX_ERRORS)),
});

/**
 * A model as an `.inkling` file: safetensors, its metadata JSON texts.
 *
 * `f16` stores the weights proper (arrays named `weight`) in half precision: half the size, each
 * rounded to the nearest, off by at most 2^-11 of itself or 2^-25, whichever is more. Biases and
 * the arrays of batch normalisation stay in single precision. What is read from an f16 file and
 * written as f16 again is the same, byte for byte.
 * Throws a `TypeError` or `ShapeError` where the parts don't fit each other.
 */
export function encodeModelFile(
  file: ModelFile | TableModelFile,
  { precision = "f32" }: { readonly precision?: "f32" | "f16" } = {},
): Uint8Array {
  const { model, weights, classes, reading, record } = file;
  const parameters = parametersOf(model);
  expectWeights(parameters, weights);
  const problem = modelFileProblem(file) ?? numbersProblem(parameters, weights);
  if (problem !== undefined) throw new TypeError(`model file: ${problem}`);
  const tensors = new Map<string, Tensor>();
  for (const [name, { shape, data }] of weights) {
    const half = precision === "f16" && name.endsWith(".weight");
    tensors.set(name, encodeTensor(data, shape, half ? "F16" : "F32"));
  }
  const input =
    "table" in file
      ? { table: file.table }
      : { preprocessing: file.preprocessing, ...(file.prepare && { prepare: file.prepare }) };
  const parts = { model, classes, ...input, reading, record };
  const texts = Object.entries(parts).map(([name, part]) => [name, JSON.stringify(part)] as const);
  return encodeSafetensors({
    metadata: new Map([["format", FORMAT], ["version", VERSION], ...texts]),
    tensors,
  });
}

/**
 * Reads an `.inkling` file that anybody may have made. Throws a `FormatError` that names the file,
 * whatever is wrong with it, before anything of the size of the weights is allocated.
 *
 * @param source - what to call the file in errors
 */
export function decodeModelFile(bytes: Uint8Array, source: string): ModelFile {
  const file = decodeAnyModelFile(bytes, source);
  if ("preprocessing" in file) return file;
  const { columns } = file.table;
  throw new FormatError(
    source,
    `must be a model of pictures, got one of tables of ${columns.length} columns; use it with \`inkling evaluate\``,
  );
}

/** Reads an `.inkling` file as {@link decodeModelFile} does, be it a model of pictures or of tables. */
export function decodeAnyModelFile(bytes: Uint8Array, source: string): ModelFile | TableModelFile {
  const { metadata, tensors } = decodeSafetensors(bytes, source);
  if (metadata.get("format") !== FORMAT) {
    throw new FormatError(source, "must be a model of inkling, got safetensors without its mark");
  }
  const version = metadata.get("version");
  if (version !== VERSION) {
    const hint = "it may come from a newer inkling";
    throw new FormatError(source, `version must be ${VERSION}, got ${show(version)}; ${hint}`);
  }
  const part = (name: string, depth: number): unknown => {
    const text = metadata.get(name);
    if (text === undefined) throw new FormatError(source, `metadata must have ${name}`);
    try {
      return parseBoundedJson(text, depth);
    } catch (error) {
      throw new FormatError(source, `${name} must be JSON: ${(error as Error).message}`);
    }
  };
  const model = parseModel(part("model", 5), source);
  const input = metadata.has("table")
    ? { table: part("table", TABLE_DEPTH) }
    : {
        preprocessing: part("preprocessing", 2),
        ...(metadata.has("prepare") && { prepare: part("prepare", 2) }),
      };
  const parts = {
    classes: part("classes", 1),
    ...input,
    reading: part("reading", 3),
    record: part("record", RECORD_DEPTH),
  };
  const parameters = parametersOf(model);
  const problem = modelFileProblem({ model, ...parts }) ?? weightsProblem(parameters, tensors);
  if (problem !== undefined) throw new FormatError(source, problem);
  const weights = new Map(
    parameters.map(({ name }) => {
      const tensor = tensors.get(name)!;
      return [name, { shape: tensor.shape, data: decodeTensor(tensor) }];
    }),
  );
  const wrong = numbersProblem(parameters, weights);
  if (wrong !== undefined) throw new FormatError(source, wrong);
  return { model, weights, ...(parts as unknown as Omit<ModelFile, "model" | "weights">) };
}

/**
 * What keeps the parts of a model file, all but its weights, from being written or read, if anything;
 * worth knowing before a long training.
 */
export function modelFileProblem(
  parts: Pick<ModelFile, "model"> &
    Readonly<Record<"classes" | "reading" | "record", unknown>> &
    Readonly<Partial<Record<"preprocessing" | "prepare" | "table", unknown>>>,
): string | undefined {
  const { model, classes, reading, record } = parts;
  return (
    classesProblem(classes, model) ??
    ("table" in parts
      ? tableProblem(parts.table, model.input)
      : pictureProblem(parts.preprocessing, parts.prepare, model.input)) ??
    readingCheck(reading, "reading") ??
    recordProblem(record)
  );
}

function pictureProblem(
  preprocessing: unknown,
  prepare: unknown,
  input: Shape,
): string | undefined {
  const problem =
    preprocessingCheck(preprocessing, "preprocessing") ??
    optional(imageStepsCheck)(prepare, "prepare");
  if (problem !== undefined) return problem;
  const steps = (prepare ?? []) as readonly ImageStep[];
  const { width, height } = preparedSize(preprocessing as Preprocessing, steps);
  const [rows, columns] = input;
  if (input.length === 3 && rows === height && columns === width) return undefined;
  return `preprocessing makes [${height}, ${width}, channels], the model takes [${input.join(", ")}]`;
}

function classesProblem(classes: unknown, model: ModelDescription): string | undefined {
  const outputs = resolveLayers(model).at(-1)!.output.shape.at(-1)!;
  if (outputs > MAX_CLASSES) {
    return `classes must be at most ${MAX_CLASSES}, got a model of ${outputs} outputs`;
  }
  const problem = list(labelProblem, outputs, outputs)(classes, "classes");
  if (problem !== undefined) return problem;
  const seen = new Set<string>();
  for (const label of classes as string[]) {
    if (seen.has(label)) return `classes must differ, got ${show(label)} twice`;
    seen.add(label);
  }
  return undefined;
}

function labelProblem(value: unknown, name: string): string | undefined {
  if (typeof value === "string" && value.length >= 1 && value.length <= 64) return undefined;
  return `${name} must be a text of 1 to 64 characters, got ${show(value)}`;
}

function recordProblem(record: unknown): string | undefined {
  if (!isObject(record)) return `record must be an object, got ${show(record)}`;
  if (depthOf(record, RECORD_DEPTH + 1) <= RECORD_DEPTH) return undefined;
  return `record must be nested at most ${RECORD_DEPTH} deep, got more`;
}
