import { FormatError } from "../base/index.js";
import { sha256 } from "../data/index.js";
import {
  decodeDoubles,
  decodeSafetensors,
  decodeTensor,
  encodeSafetensors,
  encodeTensor,
  parseBoundedJson,
  type Safetensors,
  schema,
  type Tensor,
  type WeightArray,
} from "../nn/index.js";
import type { Best, Checkpoint } from "./checkpoint.js";
import type { EpochRecord } from "./fit-options.js";
import type { TallyState } from "./tally.js";

/** What a checkpoint is for: digests of what decides the weights, in hexadecimal. */
export interface CheckpointPurpose {
  readonly config: string;
  readonly data: string;
}

const FORMAT = "inkling checkpoint";
const VERSION = "1";
const STATE = "state.";
const BEST = "best.";
const HISTORY = "history";
const DIGEST = "sha256";
/** Columns of the history: rate, loss, accuracy, those of the validation, seconds, images a second. */
const COLUMNS = 7;
const NONE = Number.NaN;

const { integer, isObject, number, optional, record, show } = schema;
const amount = number(0, Number.MAX_VALUE);
const whole = integer(0, Number.MAX_SAFE_INTEGER);
const digest: schema.Check = (value, name) =>
  typeof value === "string" && /^[0-9a-f]{64}$/.test(value)
    ? undefined
    : `${name} must be a SHA-256 digest, got ${show(value)}`;
const anyNumber = number(-Number.MAX_VALUE, Number.MAX_VALUE);

const progressCheck = record({
  step: whole,
  seconds: amount,
  tally: record({ steps: whole, loss: anyNumber, correct: whole, seconds: amount }),
  best: optional(record({ epoch: integer(1, Number.MAX_SAFE_INTEGER), loss: anyNumber })),
});
const purposeCheck = record({ config: digest, data: digest });

/** What {@link progressCheck} lets pass. */
interface StoredProgress {
  readonly step: number;
  readonly seconds: number;
  readonly tally: TallyState;
  readonly best?: Omit<Best, "weights">;
}

/**
 * A checkpoint as a file: safetensors, as a model file is, sealed with the digest of the same file
 * without its seal. Numbers are stored as the backend holds them, F32 or F64, and come back bit for bit.
 */
export async function encodeCheckpoint(
  { state, history, tally, seconds, best }: Checkpoint,
  purpose: CheckpointPurpose,
): Promise<Uint8Array> {
  const tensors = new Map<string, Tensor>();
  for (const [name, array] of state.arrays) {
    const dtype = array instanceof Float64Array ? "F64" : "F32";
    tensors.set(STATE + name, encodeTensor(array as Float32Array, [array.length], dtype));
  }
  for (const [name, { shape, data }] of best?.weights ?? []) {
    tensors.set(BEST + name, encodeTensor(data, shape, "F32"));
  }
  const rows = Float64Array.from(history.flatMap(rowOf));
  tensors.set(HISTORY, encodeTensor(rows, [history.length, COLUMNS], "F64"));
  const progress: StoredProgress = {
    step: state.step,
    seconds,
    tally,
    ...(best && { best: { epoch: best.epoch, loss: best.loss } }),
  };
  const metadata = new Map([
    ["format", FORMAT],
    ["version", VERSION],
    ["purpose", JSON.stringify(purpose)],
    ["progress", JSON.stringify(progress)],
  ]);
  metadata.set(DIGEST, await sha256(encodeSafetensors({ metadata, tensors })));
  return encodeSafetensors({ metadata, tensors });
}

/**
 * Reads a checkpoint's file, whoever made it. Throws a `FormatError` that names the file where its
 * seal is broken or anything in it is not what it must be.
 *
 * @param source - what to call the file in errors
 */
export async function decodeCheckpoint(
  bytes: Uint8Array,
  source: string,
): Promise<{ checkpoint: Checkpoint; purpose: CheckpointPurpose }> {
  const file = decodeSafetensors(bytes, source, ["F32", "F64"]);
  await expectWhole(file, source);
  const purpose = readJson<CheckpointPurpose>(file, "purpose", purposeCheck, source);
  const progress = readJson<StoredProgress>(file, "progress", progressCheck, source);
  const { step, seconds, tally, best } = progress;
  const history = readHistory(file.tensors.get(HISTORY), source);
  if (best !== undefined && best.epoch > history.length) {
    const got = `epoch ${best.epoch} of ${history.length}`;
    throw new FormatError(source, `best weights must be of an epoch that is over, got ${got}`);
  }
  const arrays = new Map<string, Float32Array | Float64Array>();
  const weights = new Map<string, WeightArray>();
  for (const [name, tensor] of file.tensors) {
    if (name.startsWith(STATE)) arrays.set(name.slice(STATE.length), numbersOf(tensor));
    if (!name.startsWith(BEST)) continue;
    const data = Float32Array.from(numbersOf(tensor));
    weights.set(name.slice(BEST.length), { shape: tensor.shape, data });
  }
  const checkpoint: Checkpoint = {
    state: { step, arrays },
    history,
    tally,
    seconds,
    ...(best && { best: { ...best, weights } }),
  };
  return { checkpoint, purpose };
}

/** Fails unless the file is a checkpoint, and every bit of it as it was written. */
async function expectWhole({ metadata, tensors }: Safetensors, source: string): Promise<void> {
  const [format, version] = [metadata.get("format"), metadata.get("version")];
  if (format !== FORMAT) {
    throw new FormatError(source, `must be a checkpoint of inkling, got format ${show(format)}`);
  }
  if (version !== VERSION) {
    const hint = "it may come from a newer inkling";
    throw new FormatError(source, `version must be ${VERSION}, got ${show(version)}; ${hint}`);
  }
  const unsealed = new Map(metadata);
  unsealed.delete(DIGEST);
  const found = await sha256(encodeSafetensors({ metadata: unsealed, tensors }));
  const sealed = metadata.get(DIGEST);
  if (found === sealed) return;
  throw new FormatError(source, `contents must have the digest ${show(sealed)}, got "${found}"`);
}

function readJson<T>(
  { metadata }: Safetensors,
  name: string,
  check: schema.Check,
  source: string,
): T {
  let value: unknown;
  try {
    value = parseBoundedJson(metadata.get(name) ?? "", 3);
  } catch (error) {
    throw new FormatError(source, `${name} must be JSON: ${(error as Error).message}`);
  }
  const problem = isObject(value) ? check(value, name) : `${name} must be an object`;
  if (problem !== undefined) throw new FormatError(source, problem);
  return value as T;
}

function numbersOf(tensor: Tensor): Float32Array | Float64Array {
  return tensor.dtype === "F64" ? decodeDoubles(tensor) : decodeTensor(tensor);
}

function rowOf({ learningRate, loss, accuracy, validation, seconds, ...rest }: EpochRecord) {
  const measured = [validation?.loss ?? NONE, validation?.accuracy ?? NONE];
  return [learningRate, loss, accuracy, ...measured, seconds, rest.imagesPerSecond];
}

function readHistory(tensor: Tensor | undefined, source: string): EpochRecord[] {
  if (tensor?.dtype !== "F64" || tensor.shape.length !== 2 || tensor.shape[1] !== COLUMNS) {
    throw new FormatError(source, `${HISTORY} must be F64 [epochs, ${COLUMNS}]`);
  }
  const numbers = decodeDoubles(tensor);
  return Array.from({ length: tensor.shape[0]! }, (_, row) => {
    const at = (column: number): number => numbers[row * COLUMNS + column]!;
    const validation = { loss: at(3), accuracy: at(4) };
    return {
      epoch: row + 1,
      learningRate: at(0),
      loss: at(1),
      accuracy: at(2),
      ...(!Number.isNaN(validation.loss) && { validation }),
      seconds: at(5),
      imagesPerSecond: at(6),
    };
  });
}
