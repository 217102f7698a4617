import { FormatError } from "../../base/index.js";
import { type NumericArray, shapeText } from "./numeric-array.js";

/** The greatest label a file may have; each up to the greatest is a class. */
const MAX_LABEL = 65_535;

/**
 * Labels as class indices: of an array `[n]`, `[n, 1]` or `[1, n]` the values, of a one-hot one
 * `[n, classes]` the place of the 1.
 *
 * @param options.tenIsZero - whether labels that run from 1 to 10 are digits, 10 standing for 0
 */
export function labelsFrom(
  { shape, data }: NumericArray,
  name: string,
  { tenIsZero = false }: { readonly tenIsZero?: boolean } = {},
): Int32Array {
  if (shape.length === 0 || shape.length > 2) {
    throw new FormatError(
      name,
      `labels must have the shape [n] or [n, 1], got ${shapeText(shape)}`,
    );
  }
  if (shape.length === 2 && shape[0] !== 1 && shape[1] !== 1) return fromOneHot(data, shape, name);
  const labels = new Int32Array(data.length);
  let least = MAX_LABEL;
  let greatest = 0;
  for (let i = 0; i < data.length; i++) {
    const label = data[i];
    if (!(Number.isInteger(label) && label >= 0 && label <= MAX_LABEL)) {
      throw new FormatError(
        name,
        `labels must be whole numbers from 0 to ${MAX_LABEL}, got ${label} at position ${i}`,
      );
    }
    labels[i] = label;
    if (label < least) least = label;
    if (label > greatest) greatest = label;
  }
  if (tenIsZero && least === 1 && greatest === 10) {
    for (let i = 0; i < labels.length; i++) labels[i] %= 10;
  }
  return labels;
}

function fromOneHot(
  data: NumericArray["data"],
  [count, classes]: readonly number[],
  name: string,
): Int32Array {
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const row = data.subarray(i * classes, (i + 1) * classes);
    const one = row.indexOf(1);
    if (one < 0 || row.some((value, at) => value !== (at === one ? 1 : 0))) {
      throw new FormatError(
        name,
        `labels of the shape [${count}, ${classes}] must be one-hot, a single 1 a row, got row ${i} without that`,
      );
    }
    labels[i] = one;
  }
  return labels;
}
