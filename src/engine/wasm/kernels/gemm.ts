import type { FunctionBuilder, FunctionReference, Local } from "../assembler/function-builder.js";
import type { ModuleBuilder } from "../assembler/module-builder.js";
import { f32x4, type I32, type Index, i32, toI32, v128 } from "../assembler/opcodes.js";
import { storeLanes } from "./rectangle.js";

/*
 * The product c = a·b on register tiles.
 *
 * m rows of c, n columns, k what is summed over. b is read in panels of some columns side by side;
 * a tile of c, up to 4 rows of one panel, is held in registers while k runs: 8 sums keep two
 * multiply-add units with a latency of four cycles busy.
 *
 * The tile is as large as V8 allows. It moves the loads of a round before the arithmetic, so sums,
 * columns of b and numbers of a must all fit its 15 registers at once: 8 + 2 + 4 do and reach 97 %
 * of the peak; the 6 × 8 tile that the processor has room for does not in Node 20, and reaches half,
 * as the sums that are put aside come back late. For the same reason a round is one step of k.
 */

const TILE_ROWS = 4;
/** Steps of k after which the sums are put down, so that a panel's part stays in the first cache. */
const DEPTH = 384;

/** How the factors lie in memory; strides in bytes. */
export interface Product {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** From one row of a to the next, and from one step of k to the next. */
  readonly aRow: number;
  readonly aStep: number;
  /** Vectors of four columns in a panel of b. */
  readonly vectors: number;
  /** From one panel of b to the next, and from one step of k to the next. */
  readonly bPanel: number;
  readonly bStep: number;
  readonly cRow: number;
}

/** How m rows are cut into tiles of nearly equal height: the first `taller` have one row more. */
export interface RowTiles {
  readonly count: number;
  readonly rows: number;
  readonly taller: number;
}

export function rowTiles(m: number): RowTiles {
  const count = Math.ceil(m / TILE_ROWS);
  const rows = Math.floor(m / count);
  return { count, rows, taller: m - count * rows };
}

/** First row of a tile. */
export function firstRow({ rows, taller }: RowTiles, tile: Index): I32 {
  if (taller === 0) return i32.mul(tile, rows);
  const added = i32.select(i32.lt(tile, taller), tile, taller);
  return i32.add(i32.mul(tile, rows), added);
}

export function panelCount({ n, vectors }: Pick<Product, "n" | "vectors">): number {
  return Math.ceil(n / (4 * vectors));
}

/** b read where it lies, row-major; right where every number of it is used by one tile only. */
export function unpackedPanels(n: number, vectors: number) {
  return { vectors, bPanel: 16 * vectors, bStep: 4 * n };
}

/** b as {@link emitPacking} leaves it: panels of 8 columns, one after the other. */
export function packedPanels(k: number) {
  return { vectors: 2, bPanel: 32 * k, bStep: 32 };
}

/** Words that the packed form of a `[k, n]` factor takes. */
export function packedWords(k: number, n: number): number {
  return 8 * k * Math.ceil(n / 8);
}

/** The part of a product to compute: tiles and panels, ends excluded, and where row 0 begins. */
export interface Part {
  readonly a: Index;
  readonly b: Index;
  readonly c: Index;
  readonly tiles: readonly [Index, Index];
  readonly panels: readonly [Index, Index];
  /** Adds to what c holds instead of overwriting it. */
  readonly accumulate?: boolean;
}

/** Writes the loops over a part of a product. */
export function emitProduct(
  f: FunctionBuilder,
  module: ModuleBuilder,
  product: Product,
  part: Part,
): void {
  const { k } = product;
  const accumulate = part.accumulate ?? false;
  if (k <= DEPTH) {
    emitSlice(f, module, product, { ...part, accumulate, from: 0, depth: k });
    return;
  }
  const blocks = Math.ceil(k / DEPTH);
  const depth = Math.ceil(k / blocks);
  emitSlice(f, module, product, { ...part, accumulate, from: 0, depth });
  f.for(depth, k, depth, (from) => {
    const rest = i32.sub(k, from);
    const next = f.let(i32.select(i32.lt(rest, depth), rest, depth));
    emitSlice(f, module, product, { ...part, accumulate: true, from, depth: next });
  });
}

/** A part restricted to `depth` steps of k from step `from`. */
export interface Slice extends Part {
  readonly accumulate: boolean;
  readonly from: Index;
  readonly depth: Index;
}

/** Writes the loops over a slice of a product; for depths only known as it runs. */
export function emitSlice(
  f: FunctionBuilder,
  module: ModuleBuilder,
  product: Product,
  slice: Slice,
): void {
  const { n, vectors, bPanel, bStep, aStep } = product;
  const a = f.let(i32.add(slice.a, i32.mul(slice.from, aStep)));
  const b = f.let(i32.add(slice.b, i32.mul(slice.from, bStep)));
  const bytes = f.let(i32.mul(slice.depth, bStep));
  const width = 4 * vectors;
  const whole = Math.floor(n / width);
  const rest = n % width;
  const sweep = (panel: Index, columns: number): void => {
    const start = f.let(i32.add(b, i32.mul(panel, bPanel)));
    const end = f.let(i32.add(start, bytes));
    const c = f.let(i32.add(slice.c, i32.mul(panel, 4 * width)));
    emitTiles(f, module, product, { ...slice, a, c, columns, start, end });
  };
  const [first, last] = slice.panels;
  if (whole > 0) {
    const end = rest === 0 ? last : smaller(f, last, whole);
    f.for(first, end, 1, (panel) => sweep(panel, width));
  }
  if (rest === 0) return;
  if (typeof last === "number") sweep(whole, rest);
  else f.if(i32.gt(last, whole), () => sweep(whole, rest));
}

function emitTiles(
  f: FunctionBuilder,
  module: ModuleBuilder,
  product: Product,
  sweep: {
    readonly a: I32;
    readonly c: I32;
    readonly tiles: readonly [Index, Index];
    readonly accumulate: boolean;
    readonly columns: number;
    readonly start: Local<"i32">;
    readonly end: Local<"i32">;
  },
): void {
  const { aRow, cRow, m } = product;
  const { tiles, start, end, columns, accumulate } = sweep;
  const cut = rowTiles(m);
  const tile = (index: Index, rows: number): void => {
    const row = f.let(firstRow(cut, index));
    const kernel = tileKernel(module, product, { rows, columns, accumulate });
    const a = i32.add(sweep.a, i32.mul(row, aRow));
    f.call(kernel, a, start, end, i32.add(sweep.c, i32.mul(row, cRow)));
  };
  const [first, last] = tiles;
  if (cut.taller === 0) {
    f.for(first, last, 1, (index) => tile(index, cut.rows));
    return;
  }
  const boundary = cut.taller;
  f.for(first, smaller(f, last, boundary), 1, (index) => tile(index, cut.rows + 1));
  f.for(larger(f, first, boundary), last, 1, (index) => tile(index, cut.rows));
}

/**
 * The function `(a, b, bEnd, c)` that computes one tile: `c += a[r]·b[k]` for each k, b moving from
 * its start to its end.
 */
function tileKernel(
  module: ModuleBuilder,
  product: Product,
  tile: { readonly rows: number; readonly columns: number; readonly accumulate: boolean },
): FunctionReference {
  const { aRow, aStep, bStep, cRow } = product;
  const { rows, columns, accumulate } = tile;
  const vectors = Math.ceil(columns / 4);
  const key = `tile ${[rows, columns, accumulate, aRow, aStep, bStep, cRow]}`;
  return module.shared(key, 4, (f) => {
    const [a, b, end, c] = f.arguments;
    const sums = Array.from({ length: rows * vectors }, (_, i) => ({
      sum: f.local("v128"),
      row: Math.floor(i / vectors),
      vector: i % vectors,
      offset: Math.floor(i / vectors) * cRow + 16 * (i % vectors),
    }));
    if (accumulate) for (const { sum, offset } of sums) f.set(sum, v128.load(c, offset));
    const left = f.local("v128");
    const right = Array.from({ length: vectors }, () => f.local("v128"));
    f.doWhile(
      () => {
        for (const [v, vector] of right.entries()) f.set(vector, v128.load(b, 16 * v));
        for (const { sum, row, vector } of sums) {
          if (vector === 0) f.set(left, f32x4.loadSplat(a, row * aRow));
          f.set(sum, f.madd(left, right[vector], sum));
        }
        f.set(a, i32.add(a, aStep));
        f.set(b, i32.add(b, bStep));
      },
      () => i32.lt(b, end),
    );
    for (const { sum, vector, offset } of sums) {
      f.do(...storeLanes(c, sum, Math.min(4, columns - 4 * vector), offset));
    }
  });
}

function smaller(f: FunctionBuilder, a: Index, b: number): Index {
  if (typeof a === "number") return Math.min(a, b);
  return f.let(i32.select(i32.lt(a, b), a, b));
}

function larger(f: FunctionBuilder, a: Index, b: number): Index {
  if (typeof a === "number") return Math.max(a, b);
  return f.let(i32.select(i32.gt(a, b), a, toI32(b)));
}
