import type { Epilogue, Slot, Step } from "../../plan.js";
import { lastAxis } from "../../shape.js";
import type { FunctionBuilder } from "../assembler/function-builder.js";
import {
  type I32,
  type Index,
  i32,
  type Statement,
  type V128,
  v128,
} from "../assembler/opcodes.js";
import type { ProgramEmitter } from "../program-emitter.js";
import { lanes } from "./lanes.js";

/** Where four neighbouring elements of a row lie, in bytes from the start of an array. */
export interface Place {
  /** In an array of the output's shape. */
  readonly element: I32;
  /** In an array of one number per column. */
  readonly column: I32;
  /** Number of the row; 0 where the whole array is seen as one. */
  readonly row: Index;
}

/** Part of a matrix; rows and columns counted from 0, ends excluded. */
export interface Rectangle {
  readonly rows: readonly [Index, Index];
  /** The first a multiple of 4; the second too, unless it is the last column. */
  readonly columns: readonly [Index, Index];
}

/** Statements that store the first `count` lanes, 1 to 4, and nothing beyond. */
export function storeLanes(
  address: Index,
  stored: V128,
  count: number,
  offset = 0,
): readonly Statement[] {
  if (count === 4) return [v128.store(address, stored, offset)];
  const first = v128.store32Lane(address, stored, 0, offset);
  if (count === 1) return [first];
  const pair = v128.store64Lane(address, stored, 0, offset);
  return count === 2 ? [pair] : [pair, v128.store32Lane(address, stored, 2, offset + 8)];
}

/**
 * Computes the part of an array of `width` columns that lies in a rectangle, four elements at once,
 * and stores them at `address`; what follows the end of a row is left alone.
 */
export function forRectangle(
  f: FunctionBuilder,
  { rows, columns }: Rectangle,
  options: { readonly width: number; readonly address: number },
  compute: (place: Place) => V128,
): void {
  const { width, address } = options;
  const tail = width % 4;
  const end = f.let(i32.add(columns[1], 0));
  const last = tail === 0 ? end : f.let(i32.shl(i32.and(end, -4), 2));
  if (tail === 0) f.set(last, i32.shl(end, 2));
  const first = typeof columns[0] === "number" ? 4 * columns[0] : f.let(i32.shl(columns[0], 2));
  f.for(rows[0], rows[1], 1, (row) => {
    const start = f.let(i32.mul(row, 4 * width));
    const element = f.local("i32");
    f.for(first, last, 16, (column) => {
      f.set(element, i32.add(start, column));
      f.do(v128.store(element, compute({ element, column, row }), address));
    });
    if (tail === 0) return;
    f.if(i32.eq(end, width), () => {
      const column = f.let(i32.add(4 * (width - tail), 0));
      f.set(element, i32.add(start, column));
      const result = f.let(compute({ element, column, row }));
      f.do(...storeLanes(element, result, tail, address));
    });
  });
}

/** Writes `body` for each number of columns that a rectangle can have, of n cut into blocks. */
export function forWidths(
  f: FunctionBuilder,
  { columns: [first, last] }: Rectangle,
  { n, block }: { readonly n: number; readonly block: number },
  body: (columns: number) => void,
): void {
  const rest = n % block;
  if (rest === 0 || n < block) {
    body(Math.min(n, block));
    return;
  }
  const whole = i32.eq(i32.sub(last, first), block);
  f.if(
    whole,
    () => body(block),
    () => body(rest),
  );
}

/** Passes a value through the elementwise operations that were joined to a step. */
export function applyEpilogue(
  f: FunctionBuilder,
  emitter: ProgramEmitter,
  options: { readonly epilogue: readonly Epilogue[]; readonly value: V128; readonly place: Place },
): V128 {
  const { epilogue, place } = options;
  let value = options.value;
  for (const { operation, attributes, operands } of epilogue) {
    const { broadcast = [] } = operation.elementwise ?? {};
    const values = operands.map((slot, index) => {
      if (slot === undefined) return f.let(value);
      const at = broadcast.includes(index) ? place.column : place.element;
      return f.let(v128.load(at, emitter.address(slot)));
    });
    value = lanesOf(operation.name)(f, values, attributes);
  }
  return value;
}

function lanesOf(name: string) {
  const found = lanes[name];
  if (found === undefined) throw new TypeError(`wasm: no kernel for elementwise ${name}`);
  return found;
}

/** Applies the epilogue of a step to a finished part of its output, seen as a matrix. */
export function finishRectangle(
  f: FunctionBuilder,
  emitter: ProgramEmitter,
  step: Step,
  rectangle: Rectangle,
): void {
  const { epilogue, output } = step;
  if (epilogue.length === 0) return;
  const address = emitter.address(output);
  forRectangle(f, rectangle, { width: lastAxis(output.shape), address }, (place) => {
    const value = v128.load(place.element, address);
    return applyEpilogue(f, emitter, { epilogue, value, place });
  });
}

/** Numbers computed together by one thread at least, so that threads do not share cache lines. */
const CHUNK = 64;

/**
 * Adds a phase that computes every element of the step's output from those at the same place of
 * other arrays, and passes it through the epilogue.
 *
 * @param rowwise - whether `compute` looks at the column; if not, the output is one long row
 */
export function mapPhase(
  emitter: ProgramEmitter,
  step: Step,
  rowwise: boolean,
  compute: (f: FunctionBuilder, place: Place) => V128,
): void {
  const { output, epilogue } = step;
  const address = emitter.address(output);
  const byColumn = epilogue.some(({ operation }) => operation.elementwise?.broadcast !== undefined);
  const whole = (f: FunctionBuilder, place: Place): V128 =>
    applyEpilogue(f, emitter, { epilogue, value: compute(f, place), place });
  if (rowwise || byColumn) {
    const width = lastAxis(output.shape);
    const rows = output.size / width;
    const rowsPerUnit = Math.max(1, Math.ceil((4 * CHUNK) / width));
    const units = Math.ceil(rows / rowsPerUnit);
    emitter.phase(units, output.size, (f, begin, end) => {
      const rectangle: Rectangle = {
        rows: [i32.mul(begin, rowsPerUnit), atMost(i32.mul(end, rowsPerUnit), rows)],
        columns: [0, width],
      };
      forRectangle(f, rectangle, { width, address }, (place) => whole(f, place));
    });
    return;
  }
  flatPhase(emitter, output, (f, place) => [
    v128.store(place, whole(f, { element: place, column: place, row: 0 }), address),
  ]);
}

/**
 * Adds a phase that runs `body` for each four elements of arrays of `slot`'s size. What is stored
 * may run over the end of an array, into its padding.
 */
export function flatPhase(
  emitter: ProgramEmitter,
  { size }: Slot,
  body: (f: FunctionBuilder, element: I32) => readonly Statement[],
): void {
  emitter.phase(Math.ceil(size / CHUNK), size, (f, begin, end) => {
    const last = atMost(i32.mul(end, 4 * CHUNK), 4 * size);
    f.for(i32.mul(begin, 4 * CHUNK), last, 16, (element) => {
      f.do(...body(f, element));
    });
  });
}

/** The smaller of two, not below 0. */
export function atMost(a: I32, b: Index): I32 {
  return i32.select(i32.lt(a, b), a, b);
}
