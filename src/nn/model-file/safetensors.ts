import { BoundedReader } from "../../base/index.js";
import { type Shape, sizeOf } from "../../engine/index.js";
import { isObject, show } from "../schema.js";
import { parseBoundedJson } from "./bounded-json.js";
import { FLOAT16_MAX, float16Bits, float16Value } from "./float16.js";

/**
 * The safetensors format (Hugging Face, 2022), as far as models need it.
 *
 * Layout: length of the header (u64, little-endian); header, JSON, padded with spaces to 8 bytes;
 * data. The header has under `__metadata__` texts by name, and under the name of each tensor
 * `{dtype, shape, data_offsets: [begin, end]}`, offsets counted from the start of the data. The
 * tensors fill the data without gap or overlap. Numbers are little-endian.
 */
export interface Safetensors {
  readonly metadata: ReadonlyMap<string, string>;
  readonly tensors: ReadonlyMap<string, Tensor>;
}

export type TensorType = "F64" | "F32" | "F16";

/** A tensor as it lies in a file. */
export interface Tensor {
  readonly dtype: TensorType;
  readonly shape: Shape;
  readonly bytes: Uint8Array;
}

const BYTES = { F64: 8, F32: 4, F16: 2 } as const;
const METADATA = "__metadata__";
const MAX_HEADER_BYTES = 2 ** 23;
const MAX_TENSORS = 4096;
const MAX_AXES = 8;

/**
 * Numbers as a tensor; what is narrower than they are rounds to nearest, ties to even. F16 throws a
 * `TypeError` beyond ±65504.
 */
export function encodeTensor(
  data: Float32Array | Float64Array,
  shape: Shape,
  dtype: TensorType,
): Tensor {
  const bytes = new Uint8Array(data.length * BYTES[dtype]);
  const view = new DataView(bytes.buffer);
  data.forEach((value, i) => {
    if (dtype === "F64") view.setFloat64(8 * i, value, true);
    else if (dtype === "F32") view.setFloat32(4 * i, value, true);
    else if (Math.abs(value) <= FLOAT16_MAX) view.setUint16(2 * i, float16Bits(value), true);
    else throw new TypeError(`F16 holds numbers to ±${FLOAT16_MAX}, got ${value}`);
  });
  return { dtype, shape, bytes };
}

/** The numbers of a tensor of type F64. */
export function decodeDoubles({ shape, bytes }: Tensor): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: sizeOf(shape) }, (_, i) => view.getFloat64(8 * i, true));
}

/** The numbers of a tensor of type F32 or F16, exact. */
export function decodeTensor({ dtype, shape, bytes }: Tensor): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data = new Float32Array(sizeOf(shape));
  for (let i = 0; i < data.length; i++) {
    data[i] =
      dtype === "F32" ? view.getFloat32(4 * i, true) : float16Value(view.getUint16(2 * i, true));
  }
  return data;
}

export function encodeSafetensors({ metadata, tensors }: Safetensors): Uint8Array {
  // Wider numbers first, so that each tensor begins at a multiple of its numbers' size.
  const ordered = [...tensors].sort(([, a], [, b]) => BYTES[b.dtype] - BYTES[a.dtype]);
  const header: Record<string, unknown> = { [METADATA]: Object.fromEntries(metadata) };
  let end = 0;
  for (const [name, { dtype, shape, bytes }] of ordered) {
    const begin = end;
    end += bytes.length;
    header[name] = { dtype, shape, data_offsets: [begin, end] };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  if (text.length > MAX_HEADER_BYTES) {
    throw new TypeError(`header must be at most ${MAX_HEADER_BYTES} bytes, got ${text.length}`);
  }
  const length = Math.ceil(text.length / 8) * 8;
  const file = new Uint8Array(8 + length + end).fill(0x20, 8, 8 + length);
  new DataView(file.buffer).setBigUint64(0, BigInt(length), true);
  file.set(text, 8);
  let offset = 8 + length;
  for (const [, { bytes }] of ordered) {
    file.set(bytes, offset);
    offset += bytes.length;
  }
  return file;
}

/**
 * Finds the tensors of a file; they view `bytes`, nothing of their size is allocated.
 *
 * @param source - what to call the file in errors
 * @param dtypes - types of numbers that it may hold, the most usual first
 */
export function decodeSafetensors(
  bytes: Uint8Array,
  source: string,
  dtypes: readonly TensorType[] = ["F32", "F16"],
): Safetensors {
  const reader = new BoundedReader(bytes, source);
  const length = reader.bounded(
    reader.u64LittleEndian("length of the header"),
    Math.min(MAX_HEADER_BYTES, reader.remaining),
    "length of the header",
  );
  const header = parseHeader(reader.take(length, "header"), reader);
  const { [METADATA]: texts = {}, ...entries } = header;
  const data = reader.take(reader.remaining, "data");
  const tensors = readTensors(entries, { data, dtypes }, reader);
  return { metadata: readMetadata(texts, reader), tensors };
}

function parseHeader(bytes: Uint8Array, reader: BoundedReader): Readonly<Record<string, unknown>> {
  let header: unknown;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    header = parseBoundedJson(text, 3);
  } catch (error) {
    reader.fail(`header must be JSON: ${(error as Error).message}; is it an .inkling file?`);
  }
  return isObject(header) ? header : reader.fail(`header must be an object, got ${show(header)}`);
}

function readMetadata(texts: unknown, reader: BoundedReader): Map<string, string> {
  if (!isObject(texts)) reader.fail(`${METADATA} must be an object, got ${show(texts)}`);
  const metadata = new Map<string, string>();
  for (const [name, text] of Object.entries(texts)) {
    if (typeof text !== "string") {
      reader.fail(`${METADATA} ${show(name)} must be a text, got ${show(text)}`);
    }
    metadata.set(name, text);
  }
  return metadata;
}

/** The bytes that tensors lie in, and the types they may have. */
interface Ground {
  readonly data: Uint8Array;
  readonly dtypes: readonly TensorType[];
}

function readTensors(
  entries: Readonly<Record<string, unknown>>,
  { data, dtypes }: Ground,
  reader: BoundedReader,
): Map<string, Tensor> {
  const names = Object.keys(entries);
  reader.bounded(names.length, MAX_TENSORS, "number of tensors");
  const found = names.map((name) => readEntry(name, entries[name], { data, dtypes }, reader));
  found.sort((a, b) => a.begin - b.begin || a.end - b.end);
  const tensors = new Map<string, Tensor>();
  let covered = 0;
  for (const { name, dtype, shape, begin, end } of found) {
    if (begin !== covered) {
      const what = begin < covered ? "overlaps the tensor before it" : "leaves a gap before it";
      reader.fail(`tensor ${show(name)} ${what}: must begin at ${covered}, got ${begin}`);
    }
    covered = end;
    tensors.set(name, { dtype, shape, bytes: data.subarray(begin, end) });
  }
  if (covered !== data.length) {
    reader.fail(`tensors must fill the ${data.length} bytes of data, got ${covered}`);
  }
  return tensors;
}

function readEntry(
  name: string,
  entry: unknown,
  { data: { length: bytes }, dtypes }: Ground,
  reader: BoundedReader,
) {
  const where = `tensor ${show(name)}`;
  if (!isObject(entry)) reader.fail(`${where} must be an object, got ${show(entry)}`);
  const { dtype: given, shape, data_offsets: offsets, ...rest } = entry;
  const [stranger] = Object.keys(rest);
  if (stranger !== undefined) reader.fail(`${where}: ${show(stranger)} is not a field of a tensor`);
  const dtype = dtypes.find((type) => type === given);
  if (dtype === undefined) {
    reader.fail(`${where}: dtype must be ${dtypes.join(" or ")}, got ${show(given)}`);
  }
  if (!Array.isArray(shape) || shape.length > MAX_AXES) {
    reader.fail(`${where}: shape must be a list of at most ${MAX_AXES} extents`);
  }
  for (const extent of shape) reader.bounded(extent, bytes, `${where}: extent`);
  if (!Array.isArray(offsets) || offsets.length !== 2) {
    reader.fail(`${where}: data_offsets must be [begin, end]`);
  }
  const end = reader.bounded(offsets[1], bytes, `${where}: end`);
  const begin = reader.bounded(offsets[0], end, `${where}: begin`);
  const needed = sizeOf(shape) * BYTES[dtype];
  if (end - begin !== needed) {
    reader.fail(`${where}: must have ${needed} bytes by its shape, got ${end - begin}`);
  }
  return { name, dtype, shape: shape as Shape, begin, end } as const;
}
