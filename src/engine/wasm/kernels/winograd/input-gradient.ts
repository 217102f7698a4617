import type { Step } from "../../../plan.js";
import { f32x4, fillZero, i32, v128 } from "../../assembler/opcodes.js";
import type { ProgramEmitter } from "../../program-emitter.js";
import type { Convolution } from "../patches.js";
import { atMost, finishRectangle } from "../rectangle.js";
import { filteredTiles } from "./filtered-tiles.js";
import { padded, perChunk } from "./points.js";
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
  const filtered = filteredTiles(emitter, tiles, filter, { transposed: true, chunk });
  const target = emitter.address(step.output);

  const work = 2 * n * perImage * count * cin * cout;
  emitter.phase(Math.ceil(n / images), work, (f, firstUnit, lastUnit, scratch) => {
    const run = filtered(f, scratch);
    f.for(firstUnit, lastUnit, 1, (unit) => {
      const first = f.let(i32.mul(unit, images));
      const last = f.let(atMost(i32.add(first, images), n));
      f.for(first, last, 1, (image) => {
        f.do(fillZero(i32.add(i32.mul(image, 4 * h * w * cin), target), 4 * h * w * cin));
      });
      const lastTile = f.let(i32.mul(last, perImage));
      f.for(i32.mul(first, perImage), lastTile, chunk, (begin) => {
        const end = f.let(atMost(i32.add(begin, chunk), lastTile));
        run(f, {
          begin,
          end,
          from: {
            tiling: outputs,
            matrices: { down: down.a, across: across.a },
            images: emitter.address(dy),
          },
          to: {
            tiling: inputs,
            matrices: { down: down.b, across: across.b },
            images: target,
            finish: (_f, value, { pixels, offset }) => f32x4.add(value, v128.load(pixels, offset)),
          },
        });
      });
      finishRectangle(f, emitter, step, {
        rows: [i32.mul(first, h * w), i32.mul(last, h * w)],
        columns: [0, cin],
      });
    });
  });
}
