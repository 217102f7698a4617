import type { FunctionBuilder, Local } from "../../assembler/function-builder.js";
import { type Index, i32, type V128 } from "../../assembler/opcodes.js";
import type { ProgramEmitter } from "../../program-emitter.js";
import { type Filter, type FilterOptions, filterPhases } from "./filter.js";
import { emitPixels, emitPointProducts, emitPoints, padded, pointBytes } from "./points.js";
import { type Matrices, type PixelPlace, SCRATCH_WORDS } from "./tile-transforms.js";
import type { Tiling } from "./tiling.js";
import type { TileTransforms } from "./transforms.js";

/** Images in tiles, and the transform between their pixels and points. */
interface TiledImages {
  readonly tiling: Tiling;
  readonly matrices: Matrices;
  /** Address of the first image. */
  readonly images: number;
}

/** Tiles to be filtered: those from `begin` to before `end`, at most as many as a chunk has. */
interface TileRun {
  readonly begin: Local<"i32">;
  readonly end: Index;
  readonly from: TiledImages;
  readonly to: TiledImages & {
    readonly finish: (f: FunctionBuilder, value: V128, place: PixelPlace) => V128;
  };
}

/**
 * What minimal filtering is in either direction: pixels to points, at every point the product with the
 * filter there, points to pixels.
 *
 * @returns to be called in a phase with its scratch; what that gives writes the filtering of some tiles
 */
export function filteredTiles(
  emitter: ProgramEmitter,
  tiles: TileTransforms,
  filter: Filter,
  options: FilterOptions,
): (f: FunctionBuilder, scratch: Local<"i32">) => (f: FunctionBuilder, run: TileRun) => void {
  const { k, n } = filter;
  const { chunk } = options;
  const count = tiles.down.points * tiles.across.points;
  const packed = filterPhases(emitter, tiles, filter, options);
  const bytes = { a: pointBytes(chunk, k), b: packed.pointBytes, c: pointBytes(chunk, n) };
  const leftScratch = emitter.threadScratch((count * bytes.a) / 4);
  const sumScratch = emitter.threadScratch((count * bytes.c) / 4);
  const tileScratch = emitter.threadScratch(SCRATCH_WORDS);
  const rows = { m: chunk, n, k, aRow: 4 * padded(k), cRow: 4 * padded(n) };
  const product = { ...rows, aStep: 4, ...packed.panels };
  return (f, scratch) => {
    const a = f.let(i32.add(scratch, leftScratch));
    const c = f.let(i32.add(scratch, sumScratch));
    const own = f.let(i32.add(scratch, tileScratch));
    return (f, { begin, end, from, to }) => {
      const some = { begin, end, scratch: own };
      emitPoints(f, emitter, from.tiling, { ...some, ...from, points: a, pointBytes: bytes.a });
      // The last chunk may have fewer tiles; what is computed beyond them is never looked at.
      emitPointProducts(f, emitter, product, { count, a, b: packed.address, c, bytes });
      emitPixels(f, emitter, to.tiling, { ...some, ...to, points: c, pointBytes: bytes.c });
    };
  };
}
