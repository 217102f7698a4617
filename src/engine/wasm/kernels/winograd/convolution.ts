import type { Step } from "../../../plan.js";
import { i32 } from "../../assembler/opcodes.js";
import type { ProgramEmitter } from "../../program-emitter.js";
import type { Convolution } from "../patches.js";
import { applyEpilogue, atMost } from "../rectangle.js";
import { filterPhases } from "./filter.js";
import {
  emitPixels,
  emitPointProducts,
  emitPoints,
  padded,
  perChunk,
  pointBytes,
} from "./points.js";
import { SCRATCH_WORDS } from "./tile-transforms.js";
import { inputTiling, outputTiling } from "./tiling.js";
import type { TileTransforms } from "./transforms.js";

/** `y = Aᵀ·((G·f·Gᵀ) ⊙ (Bᵀ·x·B))·A` for each tile, the products of each point summed over channels. */
export function winogradConvolution(
  emitter: ProgramEmitter,
  { inputs: [x, slot], output, epilogue }: Step,
  shape: Convolution,
  tiles: TileTransforms,
): void {
  const { n, cin, cout, kh, kw } = shape;
  const { down, across } = tiles;
  const filter = { slot, taps: kh * kw, k: cin, n: cout };
  const [inputs, outputs] = [inputTiling(shape, tiles), outputTiling(shape, tiles)];
  const total = n * inputs.down * inputs.across;
  const count = down.points * across.points;
  const channels = padded(cin) + padded(cout);
  const chunk = perChunk(total, 1, { points: count, channels });
  const packed = filterPhases(emitter, tiles, filter, { transposed: false, chunk });
  const bytes = { a: pointBytes(chunk, cin), b: packed.pointBytes, c: pointBytes(chunk, cout) };
  const leftScratch = emitter.threadScratch((count * bytes.a) / 4);
  const sumScratch = emitter.threadScratch((count * bytes.c) / 4);
  const tileScratch = emitter.threadScratch(SCRATCH_WORDS);
  const rows = { m: chunk, n: cout, k: cin, aRow: 4 * padded(cin), cRow: 4 * padded(cout) };
  const product = { ...rows, aStep: 4, ...packed.panels };
  const target = emitter.address(output);

  const work = 2 * total * count * cin * cout;
  emitter.phase(Math.ceil(total / chunk), work, (f, firstUnit, lastUnit, scratch) => {
    const v = f.let(i32.add(scratch, leftScratch));
    const m = f.let(i32.add(scratch, sumScratch));
    const own = f.let(i32.add(scratch, tileScratch));
    f.for(firstUnit, lastUnit, 1, (unit) => {
      const begin = f.let(i32.mul(unit, chunk));
      const end = f.let(atMost(i32.add(begin, chunk), total));
      emitPoints(f, emitter, inputs, {
        ...{ begin, end, scratch: own },
        matrices: { down: down.bT, across: across.bT },
        images: emitter.address(x),
        points: v,
        pointBytes: bytes.a,
      });
      // The last chunk may have fewer tiles; what is computed beyond them is never looked at.
      emitPointProducts(f, emitter, product, { count, a: v, b: packed.address, c: m, bytes });
      emitPixels(f, emitter, outputs, {
        ...{ begin, end, scratch: own },
        matrices: { down: down.aT, across: across.aT },
        images: target,
        points: m,
        pointBytes: bytes.c,
        finish: (f, value, { pixels, offset, column }) => {
          if (epilogue.length === 0) return value;
          const element = f.let(i32.add(pixels, offset - target));
          return applyEpilogue(f, emitter, { epilogue, value, place: { element, column, row: 0 } });
        },
      });
    });
  });
}
