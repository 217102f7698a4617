import type {
  FunctionBuilder,
  FunctionReference,
  Local,
} from "../../assembler/function-builder.js";
import { type I32, type Index, i32, type V128 } from "../../assembler/opcodes.js";
import type { ProgramEmitter } from "../../program-emitter.js";
import { emitSlice, type Product, panelCount, rowTiles } from "../gemm.js";
import {
  type Matrices,
  type PixelPlace,
  pixelsToPoints,
  pointsToPixels,
} from "./tile-transforms.js";
import { forTiles, type Tiling } from "./tiling.js";

/** Words of points at a time, inputs and outputs: more than half of a second cache of 1 MiB. */
const POINT_WORDS = 163_840;
/** Tiles at a time: a multiple of the rows that a product holds in registers. */
const MAX_TILES = 16;
/** Tiles from which on they are shared out, and the number that shares are a multiple of. */
const SHARED_TILES = 16;
const SHARES = 4;

/** Channels with room for whole vectors. */
export const padded = (channels: number): number => 4 * Math.ceil(channels / 4);

/**
 * Bytes from one point of some tiles to the next. The odd cache line keeps the points of a tile from
 * falling into the same few sets of the first cache.
 */
export const pointBytes = (tiles: number, channels: number): number =>
  4 * tiles * padded(channels) + 64;

/**
 * How many of so many things, of some tiles each, are worked on together; such that the shares of a few
 * threads are equal.
 *
 * @param channels - on both sides
 */
export function perChunk(
  things: number,
  tiles: number,
  { points, channels }: { readonly points: number; readonly channels: number },
): number {
  const fitting = Math.min(MAX_TILES, 4 * Math.floor(POINT_WORDS / (points * channels) / 4));
  const most = Math.max(1, Math.floor(Math.max(4, fitting) / tiles));
  const chunks = Math.ceil(things / most);
  if (things * tiles < SHARED_TILES) return Math.ceil(things / chunks);
  return Math.ceil(things / (SHARES * Math.ceil(chunks / SHARES)));
}

/** Tiles of images, and their points `[points, tiles, channels]`. */
interface TilesAndPoints {
  readonly matrices: Matrices;
  /** Address of the first image. */
  readonly images: number;
  /** Address of the first point of tile `begin`, and from one point to the next. */
  readonly points: I32;
  readonly pointBytes: number;
  readonly scratch: Local<"i32">;
  readonly begin: Local<"i32">;
  readonly end: Index;
}

/** Writes the transform of images to the points of tiles. */
export function emitPoints(
  f: FunctionBuilder,
  emitter: ProgramEmitter,
  tiling: Tiling,
  options: TilesAndPoints,
): void {
  const { matrices, images, points, scratch, begin, end } = options;
  const { c, w } = tiling;
  const layout = { pixelBytes: 4 * c, rowBytes: 4 * c * w, pointBytes: options.pointBytes };
  forTiles(f, tiling, { begin, end }, ({ index, pixel, rows, columns }) => {
    const transform = pixelsToPoints(emitter.module, matrices, { ...layout, rows, columns });
    const from = f.let(i32.add(pixel, images));
    const to = f.let(i32.add(i32.mul(i32.sub(index, begin), 4 * padded(c)), points));
    f.for(0, 4 * c, 16, (channel) => {
      f.call(transform, i32.add(from, channel), i32.add(to, channel), scratch);
    });
  });
}

/** Writes the transform of the points of tiles to the pixels of images, each passed through `finish`. */
export function emitPixels(
  f: FunctionBuilder,
  emitter: ProgramEmitter,
  tiling: Tiling,
  options: TilesAndPoints & {
    readonly finish: (f: FunctionBuilder, value: V128, place: PixelPlace) => V128;
  },
): void {
  const { matrices, images, points, scratch, begin, end, finish } = options;
  const { c, w } = tiling;
  const layout = { pixelBytes: 4 * c, rowBytes: 4 * c * w, pointBytes: options.pointBytes };
  const known = new Map<string, FunctionReference>();
  forTiles(f, tiling, { begin, end }, ({ index, pixel, rows, columns }) => {
    const from = f.let(i32.add(i32.mul(i32.sub(index, begin), 4 * padded(c)), points));
    const to = f.let(i32.add(pixel, images));
    const part = (channel: Index, lanes: number): void => {
      const key = JSON.stringify([rows, columns, lanes]);
      const transform =
        known.get(key) ??
        pointsToPixels(emitter.module, matrices, { ...layout, rows, columns, lanes, finish });
      known.set(key, transform);
      const column = i32.add(channel, 0);
      f.call(transform, i32.add(from, channel), i32.add(to, channel), scratch, column);
    };
    const whole = c - (c % 4);
    f.for(0, 4 * whole, 16, (channel) => part(channel, 4));
    if (whole < c) part(4 * whole, c % 4);
  });
}

/** Writes the products of the points of some tiles, each by its own right factor. */
export function emitPointProducts(
  f: FunctionBuilder,
  emitter: ProgramEmitter,
  product: Product,
  factors: {
    readonly count: number;
    /** Where the first point's matrices lie, and from one point to the next. */
    readonly a: Index;
    readonly b: Index;
    readonly c: Index;
    readonly bytes: { readonly a: number; readonly b: number; readonly c: number };
    /** Steps of k, if not all. */
    readonly depth?: Index;
    /** Adds to what c holds instead of overwriting it. */
    readonly accumulate?: boolean;
  },
): void {
  const { count, bytes, depth = product.k, accumulate = false } = factors;
  const [a, b, c] = [factors.a, factors.b, factors.c].map((from) => f.let(i32.add(from, 0)));
  f.for(0, count, 1, () => {
    const [tiles, panels] = [rowTiles(product.m).count, panelCount(product)];
    const part = { a, b, c, tiles: [0, tiles], panels: [0, panels] } as const;
    emitSlice(f, emitter.module, product, { ...part, accumulate, from: 0, depth });
    f.set(a, i32.add(a, bytes.a));
    f.set(b, i32.add(b, bytes.b));
    f.set(c, i32.add(c, bytes.c));
  });
}
