import type { FunctionBuilder } from "../assembler/function-builder.js";
import { f32x4, type I32, i32, type V128, v128 } from "../assembler/opcodes.js";
import type { Kernel } from "./kernel.js";
import { poolOf, type Taps, tapsAt } from "./pool-window.js";
import { forRow, storePart } from "./rows.js";

// h w c the greater image, oh ow the smaller image; n images.

/** Addresses of the images that four channels of a window are taken from. */
interface Channels {
  /** Address of four channels of the greater image's pixel at a byte offset. */
  readonly at: (pixel: I32) => I32;
  readonly taps: Taps;
}

/** A kernel that computes each pixel of the smaller image from the window over the greater. */
function pooling(compute: (f: FunctionBuilder, channels: Channels) => V128): Kernel {
  return (emitter, { inputs: [x], output: y, attributes }) => {
    const pool = poolOf(x, y, attributes);
    const { n, h, w, c, oh, ow, size } = pool;
    emitter.phase(n * oh, y.size * size[0] * size[1], (f, begin, end) => {
      f.for(begin, end, 1, (unit) => {
        const image = i32.mul(i32.div(unit, oh), 4 * h * w * c);
        const xBase = f.let(i32.add(image, emitter.address(x)));
        const target = f.let(i32.add(i32.mul(unit, 4 * ow * c), emitter.address(y)));
        const oy = f.let(i32.rem(unit, oh));
        f.for(0, ow, 1, (ox) => {
          const taps = tapsAt(f, pool, oy, ox);
          forRow(f, c, (part) => {
            const at = (pixel: I32): I32 => i32.add(i32.add(xBase, part.offset), pixel);
            const result = f.let(compute(f, { at, taps }));
            f.do(...storePart(target, part, result));
          });
          f.set(target, i32.add(target, 4 * c));
        });
      });
    });
  };
}

export const maxPool2d = pooling((f, { at, taps }) => {
  const greatest = f.let(f32x4.const(Number.NEGATIVE_INFINITY));
  taps.visit((pixel) => f.set(greatest, f32x4.max(v128.load(at(pixel)), greatest)));
  return greatest;
});

export const averagePool2d = pooling((f, { at, taps }) => {
  const sum = f.let(f32x4.const(0));
  taps.visit((pixel) => f.set(sum, f32x4.add(sum, v128.load(at(pixel)))));
  return f32x4.div(sum, taps.covered);
});

export const globalAveragePool: Kernel = (emitter, { inputs: [x], output: y }) => {
  const [n, h, w, c] = x.shape;
  emitter.phase(n, x.size, (f, begin, end) => {
    f.for(begin, end, 1, (image) => {
      const from = f.let(i32.add(i32.mul(image, 4 * h * w * c), emitter.address(x)));
      const to = f.let(i32.add(i32.mul(image, 4 * c), emitter.address(y)));
      forRow(f, c, (part) => {
        const sum = f.let(f32x4.const(0));
        const start = f.let(i32.add(from, part.offset));
        f.for(0, 4 * h * w * c, 4 * c, (pixel) => {
          f.set(sum, f32x4.add(sum, v128.load(i32.add(start, pixel))));
        });
        const result = f.let(f32x4.div(sum, f32x4.const(h * w)));
        f.do(...storePart(to, part, result));
      });
    });
  });
};
