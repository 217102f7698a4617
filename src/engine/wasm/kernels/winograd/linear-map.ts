import type { FunctionBuilder, Local } from "../../assembler/function-builder.js";
import { f32x4, type V128 } from "../../assembler/opcodes.js";
import type { Matrix } from "./transforms.js";

/** A vector of the input, or `undefined` where it is known to be 0. */
export type Term = Local<"v128"> | undefined;

/**
 * Writes `matrix · inputs`, each number of the inputs a vector of lanes.
 *
 * Rows of a pair, which differ in signs only, are the sum and the difference of two halves; where
 * the columns are in pairs instead, the sums and differences of their inputs are taken first.
 */
export function linearMap(f: FunctionBuilder, matrix: Matrix, inputs: readonly Term[]): V128[] {
  const columns = matrix[0].map((_, column) => matrix.map((row) => row[column]));
  const paired = columns.map((column, k) => k > 0 && isPair(columns[k - 1], column));
  if (!paired.includes(true)) return mapRows(f, matrix, inputs);
  const folded = [...inputs];
  const rows = matrix.map((row) => [...row]);
  paired.forEach((second, k) => {
    if (!second) return;
    const [a, b] = [inputs[k - 1], inputs[k]];
    // Rows with equal numbers take the sum from the first place, others the difference from the second.
    folded[k - 1] = a && b ? f.let(f32x4.add(a, b)) : (a ?? b);
    folded[k] = a && b ? f.let(f32x4.sub(a, b)) : (a ?? (b && f.let(f32x4.neg(b))));
    for (const row of rows) {
      if (row[k - 1] === row[k]) row[k] = 0;
      else row[k - 1] = 0;
    }
    rows.forEach((row, i) => {
      if (row[k] !== 0) row[k] = matrix[i][k - 1];
    });
  });
  return mapRows(f, rows, folded);
}

function mapRows(f: FunctionBuilder, matrix: Matrix, inputs: readonly Term[]): V128[] {
  const zero = f32x4.const(0);
  const outputs: V128[] = [];
  for (let i = 0; i < matrix.length; i++) {
    const [row, next] = [matrix[i], matrix[i + 1]];
    if (next === undefined || !isPair(row, next)) {
      outputs.push(combination(f, row, inputs) ?? zero);
      continue;
    }
    const same = combination(
      f,
      halfOf(row, (k) => row[k] === next[k]),
      inputs,
    );
    const opposite = combination(
      f,
      halfOf(row, (k) => row[k] !== next[k]),
      inputs,
    );
    const [sum, difference] = [same && f.let(same), opposite && f.let(opposite)];
    outputs.push(sum && difference ? f32x4.add(sum, difference) : (sum ?? difference ?? zero));
    outputs.push(
      sum && difference
        ? f32x4.sub(sum, difference)
        : (sum ?? (difference ? f32x4.neg(difference) : zero)),
    );
    i++;
  }
  return outputs;
}

function halfOf(row: readonly number[], kept: (k: number) => boolean): number[] {
  return row.map((number, k) => (kept(k) ? number : 0));
}

/** Whether both hold the same numbers but for some signs. */
function isPair(a: readonly number[], b: readonly number[]): boolean {
  let opposite = false;
  for (let k = 0; k < a.length; k++) {
    if (Math.abs(a[k]) !== Math.abs(b[k])) return false;
    if (a[k] !== b[k]) opposite = true;
  }
  return opposite;
}

/** `Σ row[k]·inputs[k]`; `undefined` where that is 0. */
function combination(
  f: FunctionBuilder,
  row: readonly number[],
  inputs: readonly Term[],
): V128 | undefined {
  const terms = row.flatMap((factor, k) => {
    const input = inputs[k];
    return factor === 0 || input === undefined ? [] : [{ factor, input }];
  });
  // One that needs no multiplication goes first.
  terms.sort((a, b) => Number(b.factor === 1) - Number(a.factor === 1));
  let sum: V128 | undefined;
  for (const { factor, input } of terms) {
    if (sum === undefined) sum = factor === 1 ? input : f32x4.mul(input, f32x4.const(factor));
    else if (factor === 1) sum = f32x4.add(sum, input);
    else if (factor === -1) sum = f32x4.sub(sum, input);
    else sum = f.madd(input, f32x4.const(factor), sum);
  }
  return sum;
}
