import type { Slot } from "../../../plan.js";
import type { FunctionBuilder, Local } from "../../assembler/function-builder.js";
import { type I32, type Index, i32 } from "../../assembler/opcodes.js";
import type { ProgramEmitter } from "../../program-emitter.js";
import { pixelsToPoints } from "./tile-transforms.js";
import { forTiles, type Tiling } from "./tiling.js";
import type { Matrix } from "./transforms.js";

/** Words of points at a time, inputs and outputs: half of a second cache of 1 MiB. */
const POINT_WORDS = 131_072;
/** A multiple of the rows that a product holds in registers. */
export const MAX_TILES = 16;

/** Channels with room for whole vectors. */
export const padded = (channels: number): number => 4 * Math.ceil(channels / 4);

/**
 * Bytes from one point of some tiles to the next. The odd cache line keeps the points of a tile from
 * falling into the same few sets of the first cache.
 */
export const pointBytes = (tiles: number, channels: number): number =>
  4 * tiles * padded(channels) + 64;

/** Tiles worked on together, of so many channels on both sides. */
export function tilesPerChunk(points: number, channels: number, total: number): number {
  const fitting = 4 * Math.floor(POINT_WORDS / (points * points * channels) / 4);
  return Math.min(total, MAX_TILES, Math.max(4, fitting));
}

/** Writes the transform of images to the points of tiles, `[n², tiles, channels]`. */
export function emitPoints(
  f: FunctionBuilder,
  emitter: ProgramEmitter,
  tiling: Tiling,
  options: {
    readonly matrix: Matrix;
    readonly images: Slot;
    readonly points: I32;
    readonly pointBytes: number;
    readonly scratch: Local<"i32">;
    readonly begin: Local<"i32">;
    readonly end: Index;
  },
): void {
  const { matrix, images, points, scratch, begin, end } = options;
  const { c, w } = tiling;
  const layout = { pixelBytes: 4 * c, rowBytes: 4 * c * w, pointBytes: options.pointBytes };
  forTiles(f, tiling, { begin, end }, ({ index, pixel, rows, columns }) => {
    const transform = pixelsToPoints(emitter.module, matrix, { ...layout, rows, columns });
    const from = f.let(i32.add(pixel, emitter.address(images)));
    const to = f.let(i32.add(i32.mul(i32.sub(index, begin), 4 * padded(c)), points));
    f.for(0, 4 * c, 16, (channel) => {
      f.call(transform, i32.add(from, channel), i32.add(to, channel), scratch);
    });
  });
}
