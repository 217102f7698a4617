import type { Slot } from "../../../plan.js";
import type { FunctionBuilder, Local } from "../../assembler/function-builder.js";
import { type Index, i32, v128 } from "../../assembler/opcodes.js";
import type { ProgramEmitter } from "../../program-emitter.js";
import { type Product, rowTiles } from "../gemm.js";
import { pixelsToPoints, SCRATCH_WORDS } from "./tile-transforms.js";
import type { TileTransforms } from "./transforms.js";

/** A filter `[taps, k, n]`, the taps row by row. */
export interface Filter {
  readonly slot: Slot;
  readonly taps: number;
  readonly k: number;
  readonly n: number;
}

/** Bytes from one tap to the next in {@link copyPhase}: an odd number of cache lines. */
const tapBytes = ({ k, n }: Filter): number => 64 * (Math.ceil((k * n) / 16) | 1);

/** A filter at points, each a right factor `[k, n]` packed for a product. */
export interface PackedFilter {
  /** Of the first point, and from one to the next. */
  readonly address: number;
  readonly pointBytes: number;
  readonly panels: Pick<Product, "vectors" | "bPanel" | "bStep">;
}

/** How a filter is given, and what it is for. */
export interface FilterOptions {
  /** Whether it is given as `[taps, n, k]`. */
  readonly transposed: boolean;
  /** Tiles that are multiplied by it at a time. */
  readonly chunk: number;
}

/** Adds phases that transform a filter to points. */
export function filterPhases(
  emitter: ProgramEmitter,
  tiles: TileTransforms,
  filter: Filter,
  options: FilterOptions,
): PackedFilter {
  return emitter.prepared(filter.slot, () => addTransform(emitter, tiles, filter, options));
}

function addTransform(
  emitter: ProgramEmitter,
  { down, across }: TileTransforms,
  filter: Filter,
  { transposed, chunk }: FilterOptions,
): PackedFilter {
  const { k, n } = filter;
  const copy = transposed ? transposePhase(emitter, filter) : copyPhase(emitter, filter);
  const points = down.points * across.points;
  const vectors = widest(chunk);
  const step = 16 * vectors;
  const panels = Math.ceil(n / (4 * vectors));
  const pointBytes = panels * k * step + 64;
  const address = emitter.sharedScratch((points * pointBytes) / 4);
  const scratchWords = emitter.threadScratch(SCRATCH_WORDS);
  const matrices = { down: down.g, across: across.g };
  const transform = pixelsToPoints(emitter.module, matrices, {
    pixelBytes: tapBytes(filter),
    rowBytes: across.taps * tapBytes(filter),
    pointBytes,
    rows: { low: 0, high: down.taps },
    columns: { low: 0, high: across.taps },
  });
  emitter.phase(panels, points * k * n, (f, begin, end, scratch) => {
    const own = f.let(i32.add(scratch, scratchWords));
    f.for(begin, end, 1, (panel) => {
      const from = f.let(i32.add(i32.mul(panel, step), copy));
      const to = f.let(i32.add(i32.mul(panel, k * step), address));
      f.for(0, k, 1, () => {
        for (let i = 0; i < step; i += 16) {
          f.call(transform, i32.add(from, i), i32.add(to, i), own);
        }
        f.set(from, i32.add(from, 4 * n));
        f.set(to, i32.add(to, step));
      });
    });
  });
  return { address, pointBytes, panels: { vectors, bPanel: k * step, bStep: step } };
}

/** Vectors side by side that, with the rows of a tile and what they are made from, fit the registers. */
function widest(chunk: number): number {
  const { rows, taller } = rowTiles(chunk);
  const most = taller > 0 ? rows + 1 : rows;
  return most === 1 ? 6 : Math.max(2, 6 - most);
}

/**
 * Adds a phase that copies a filter so that its taps do not fall into the same few sets of the first
 * cache, as they do where `k·n` is a power of two.
 *
 * @returns address of the copy
 */
function copyPhase(emitter: ProgramEmitter, filter: Filter): number {
  const { k, n } = filter;
  return tapPhase(emitter, filter, (f, source, target) => {
    f.for(0, 4 * k * n, 16, (i) => {
      f.do(v128.store(i32.add(target, i), v128.load(i32.add(source, i))));
    });
  });
}

/** Like {@link copyPhase}, from `[t, n, k]` to `[t, k, n]`. */
function transposePhase(emitter: ProgramEmitter, filter: Filter): number {
  const { k, n } = filter;
  return tapPhase(emitter, filter, (f, source, target) => {
    const copyRows = (row: Index, lanes: number): void => {
      const read = f.let(i32.add(source, i32.mul(row, 4)));
      const write = f.let(i32.add(target, i32.mul(row, 4 * n)));
      f.for(0, n, 1, () => {
        const numbers = f.let(v128.load(read));
        for (let lane = 0; lane < lanes; lane++) {
          f.do(v128.store32Lane(write, numbers, lane, 4 * n * lane));
        }
        f.set(read, i32.add(read, 4 * k));
        f.set(write, i32.add(write, 4));
      });
    };
    const whole = k - (k % 4);
    f.for(0, whole, 4, (row) => copyRows(row, 4));
    if (whole < k) copyRows(whole, k % 4);
  });
}

/**
 * Adds a phase that copies a filter tap by tap into scratch.
 *
 * @param copy - copies one tap
 * @returns address of the copy
 */
function tapPhase(
  emitter: ProgramEmitter,
  filter: Filter,
  copy: (f: FunctionBuilder, source: Local<"i32">, target: Local<"i32">) => void,
): number {
  const { slot, taps, k, n } = filter;
  const address = emitter.address(slot);
  const to = emitter.sharedScratch((taps * tapBytes(filter)) / 4);
  emitter.phase(taps, taps * k * n, (f, begin, end) => {
    f.for(begin, end, 1, (tap) => {
      const source = f.let(i32.add(i32.mul(tap, 4 * k * n), address));
      const target = f.let(i32.add(i32.mul(tap, tapBytes(filter)), to));
      copy(f, source, target);
    });
  });
  return to;
}
