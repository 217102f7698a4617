import type { FunctionBuilder, Local } from "../../assembler/function-builder.js";
import { type I32, type Index, i32 } from "../../assembler/opcodes.js";
import type { Convolution } from "../patches.js";
import type { Span } from "./tile-transforms.js";
import type { TileTransforms } from "./transforms.js";

/*
 * How a batch of images is cut into tiles, counted through all images row by row. Tiles reach
 * beyond the image, where it counts as 0; which part of a tile lies within depends on its place only,
 * and few places differ, so that every kind of tile has a function of its own.
 */

/** Images `[n, h, w, c]` under `down × across` tiles each. */
export interface Tiling {
  readonly h: number;
  readonly w: number;
  readonly c: number;
  readonly down: number;
  readonly across: number;
  /** Height and width of a tile, and from one to the next; in pixels. */
  readonly extents: readonly [number, number];
  readonly strides: readonly [number, number];
  /** From pixel 0 back to the first tile's corner, in pixels. */
  readonly top: number;
  readonly left: number;
}

/** Tiles over the `[h, w, c]` inputs that outputs under a tile depend on. */
export function inputTiling(shape: Convolution, tiles: TileTransforms): Tiling {
  const { h, w, cin: c, padding } = shape;
  const [top, left] = padding;
  const extents = [tiles.down.points, tiles.across.points] as const;
  return { h, w, c, ...gridOf(shape, tiles), extents, top, left };
}

/** Tiles of outputs. */
export function outputTiling(shape: Convolution, tiles: TileTransforms): Tiling {
  const { oh: h, ow: w, cout: c } = shape;
  const grid = gridOf(shape, tiles);
  return { h, w, c, ...grid, extents: grid.strides, top: 0, left: 0 };
}

function gridOf({ oh, ow }: Convolution, { down, across }: TileTransforms) {
  const strides = [down.outputs, across.outputs] as const;
  return { down: Math.ceil(oh / strides[0]), across: Math.ceil(ow / strides[1]), strides };
}

/** Neighbouring tiles along one axis, end excluded, that have the same part within the image. */
interface Run {
  readonly begin: number;
  readonly end: number;
  readonly span: Span;
}

function runsOf(count: number, spanOf: (tile: number) => Span): Run[] {
  const runs: Run[] = [];
  for (let tile = 0; tile < count; tile++) {
    const span = spanOf(tile);
    const last = runs.at(-1);
    if (last?.span.low === span.low && last.span.high === span.high) {
      runs[runs.length - 1] = { ...last, end: tile + 1 };
    } else {
      runs.push({ begin: tile, end: tile + 1, span });
    }
  }
  return runs;
}

function spanWithin(start: number, extent: number, length: number): Span {
  const low = Math.min(extent, Math.max(0, -start));
  return { low, high: Math.max(low, Math.min(extent, length - start)) };
}

/** One tile, as code sees it. */
export interface Tile {
  /** Number of the tile, through all images. */
  readonly index: Local<"i32">;
  /** Byte offset of the tile's first pixel within its image, from the start of the images. */
  readonly pixel: Local<"i32">;
  readonly rows: Span;
  readonly columns: Span;
}

/** Runs `body` for the tiles from `begin` to before `end`, once for each kind of tile. */
export function forTiles(
  f: FunctionBuilder,
  tiling: Tiling,
  range: { readonly begin: Index; readonly end: Index },
  body: (tile: Tile) => void,
): void {
  const { h, w, c, down, across, strides, top, left, extents } = tiling;
  const rowRuns = runsOf(down, (y) => spanWithin(y * strides[0] - top, extents[0], h));
  const columnRuns = runsOf(across, (x) => spanWithin(x * strides[1] - left, extents[1], w));
  const perImage = down * across;
  f.for(range.begin, range.end, 1, (index) => {
    const within = f.let(i32.rem(index, perImage));
    const y = f.let(i32.div(within, across));
    const x = f.let(i32.rem(within, across));
    const firstRow = i32.mul(i32.div(index, perImage), h);
    choose(f, y, rowRuns, (rows) => {
      const row = i32.add(i32.add(firstRow, i32.mul(y, strides[0])), rows.low - top);
      choose(f, x, columnRuns, (columns) => {
        const column = i32.add(i32.mul(x, strides[1]), columns.low - left);
        const pixel = f.let(i32.mul(i32.add(i32.mul(row, w), column), 4 * c));
        body({ index, pixel, rows, columns });
      });
    });
  });
}

function choose(
  f: FunctionBuilder,
  at: I32,
  [run, ...others]: readonly Run[],
  body: (span: Span) => void,
): void {
  if (others.length === 0) body(run.span);
  else
    f.if(
      i32.lt(at, run.end),
      () => body(run.span),
      () => choose(f, at, others, body),
    );
}
