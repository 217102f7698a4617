import type { Step } from "../../../plan.js";
import { f32x4, fillZero, i32, v128 } from "../../assembler/opcodes.js";
import type { ProgramEmitter } from "../../program-emitter.js";
import type { Convolution } from "../patches.js";
import { atMost, finishRectangle } from "../rectangle.js";
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

/**
 * `dx = Σ B·((G·f·Gᵀ) ⊙ (A·dy·Aᵀ))·Bᵀ`, the convolution transposed: the sum over the tiles, which
 * overlap. An image belongs to one thread.
 *
 * Not as a convolution of dy by the filter turned around: that has larger images to cut into tiles.
 */
export function winogradInputGradient(
  emitter: ProgramEmitter,
  step: Step,
  shape: Convolution,
  tiles: TileTransforms,
): void {
  const [dy, slot] = step.inputs;
  const { n, h, w, cin, cout, kh, kw } = shape;
  const { down, across } = tiles;
  const filter = { slot, taps: kh * kw, k: cout, n: cin };
  const [inputs, outputs] = [inputTiling(shape, tiles), outputTiling(shape, tiles)];
  const perImage = inputs.down * inputs.across;
  const count = down.points * across.points;
  const channels = padded(cin) + padded(cout);
  const images = perChunk(n, perImage, { points: count, channels });
  // Where one image has more tiles than are worked on together, they follow in chunks.
  const chunk = Math.min(images * perImage, perChunk(n * perImage, 1, { points: count, channels }));
  const packed = filterPhases(emitter, tiles, filter, { transposed: true, chunk });
  const bytes = { a: pointBytes(chunk, cout), b: packed.pointBytes, c: pointBytes(chunk, cin) };
  const leftScratch = emitter.threadScratch((count * bytes.a) / 4);
  const sumScratch = emitter.threadScratch((count * bytes.c) / 4);
  const tileScratch = emitter.threadScratch(SCRATCH_WORDS);
  const rows = { m: chunk, n: cin, k: cout, aRow: 4 * padded(cout), cRow: 4 * padded(cin) };
  const product = { ...rows, aStep: 4, ...packed.panels };
  const target = emitter.address(step.output);

  const work = 2 * n * perImage * count * cin * cout;
  emitter.phase(Math.ceil(n / images), work, (f, firstUnit, lastUnit, scratch) => {
    const d = f.let(i32.add(scratch, leftScratch));
    const m = f.let(i32.add(scratch, sumScratch));
    const own = f.let(i32.add(scratch, tileScratch));
    f.for(firstUnit, lastUnit, 1, (unit) => {
      const first = f.let(i32.mul(unit, images));
      const last = f.let(atMost(i32.add(first, images), n));
      f.for(first, last, 1, (image) => {
        f.do(fillZero(i32.add(i32.mul(image, 4 * h * w * cin), target), 4 * h * w * cin));
      });
      const lastTile = f.let(i32.mul(last, perImage));
      f.for(i32.mul(first, perImage), lastTile, chunk, (begin) => {
        const end = f.let(atMost(i32.add(begin, chunk), lastTile));
        emitPoints(f, emitter, outputs, {
          ...{ begin, end, scratch: own },
          matrices: { down: down.a, across: across.a },
          images: emitter.address(dy),
          points: d,
          pointBytes: bytes.a,
        });
        // The last chunk may have fewer tiles; what is computed beyond them is never looked at.
        emitPointProducts(f, emitter, product, { count, a: d, b: packed.address, c: m, bytes });
        emitPixels(f, emitter, inputs, {
          ...{ begin, end, scratch: own },
          matrices: { down: down.b, across: across.b },
          images: target,
          points: m,
          pointBytes: bytes.c,
          finish: (_f, value, { pixels, offset }) => f32x4.add(value, v128.load(pixels, offset)),
        });
      });
      finishRectangle(f, emitter, step, {
        rows: [i32.mul(first, h * w), i32.mul(last, h * w)],
        columns: [0, cin],
      });
    });
  });
}
