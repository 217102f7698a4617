/** Numbers as a file holds them; 64-bit integers become doubles, if none is beyond 2^53. */
export type NumberArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** An array of any rank, last dimension fastest. */
export interface NumericArray {
  readonly shape: readonly number[];
  readonly data: NumberArray;
}

/** What one number is: kind and bytes, in the letters of NumPy. */
export type NumberType = "i1" | "u1" | "i2" | "u2" | "i4" | "u4" | "i8" | "u8" | "f4" | "f8";

/** Bytes of one number. */
export function bytesOf(type: NumberType): number {
  return Number(type[1]);
}

interface ArrayMaker {
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): NumberArray;
  new (length: number): NumberArray;
}

const makers: Readonly<Record<Exclude<NumberType, "i8" | "u8">, ArrayMaker>> = {
  i1: Int8Array,
  u1: Uint8Array,
  i2: Int16Array,
  u2: Uint16Array,
  i4: Int32Array,
  u4: Uint32Array,
  f4: Float32Array,
  f8: Float64Array,
};

const isLittleEndianHost = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * Takes bytes as numbers: a view of them where their order and place allow it, else a copy.
 *
 * @param bytes - a whole number of numbers
 * @param options.fail - called with what is wrong with a value
 */
export function decodeNumbers(
  bytes: Uint8Array,
  type: NumberType,
  { littleEndian, fail }: { littleEndian: boolean; fail: (problem: string) => never },
): NumberArray {
  const size = bytesOf(type);
  const length = bytes.length / size;
  if (type === "i8" || type === "u8") return decodeLong(bytes, type, { littleEndian, fail });
  const maker = makers[type];
  const isOurOrder = size === 1 || littleEndian === isLittleEndianHost;
  if (isOurOrder && bytes.byteOffset % size === 0) {
    return new maker(bytes.buffer, bytes.byteOffset, length);
  }
  const copy = Uint8Array.from(bytes);
  if (!isOurOrder) {
    for (let at = 0; at < copy.length; at += size) copy.subarray(at, at + size).reverse();
  }
  return new maker(copy.buffer, 0, length);
}

function decodeLong(
  bytes: Uint8Array,
  type: "i8" | "u8",
  { littleEndian, fail }: { littleEndian: boolean; fail: (problem: string) => never },
): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float64Array(bytes.length / 8);
  for (let i = 0; i < values.length; i++) {
    const high = littleEndian ? 8 * i + 4 : 8 * i;
    const low = littleEndian ? 8 * i : 8 * i + 4;
    const top =
      type === "i8" ? view.getInt32(high, littleEndian) : view.getUint32(high, littleEndian);
    values[i] = top * 2 ** 32 + view.getUint32(low, littleEndian);
    if (!Number.isSafeInteger(values[i])) {
      fail(
        `value ${i} must be exact as a double, at most 2^53 - 1 either way, got about ${values[i]}`,
      );
    }
  }
  return values;
}

/** Exchanges the order of the dimensions in memory: first fastest to last fastest. Copies. */
export function fromFirstFastest({ shape, data }: NumericArray): NumericArray {
  if (shape.filter((length) => length !== 1).length < 2) return { shape, data };
  const result = data.slice();
  const index = new Array<number>(shape.length).fill(0);
  // Steps in the source of each dimension.
  const steps: number[] = [];
  shape.reduce((step, length) => {
    steps.push(step);
    return step * length;
  }, 1);
  let source = 0;
  for (let target = 0; target < result.length; target++) {
    result[target] = data[source];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      source += steps[axis];
      if (++index[axis] < shape[axis]) break;
      source -= steps[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return { shape, data: result };
}

/** A shape as errors write it: `[60000, 28, 28]`. */
export function shapeText(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}
