import type { Attributes } from "../../operation.js";
import type { Slot } from "../../plan.js";
import type { FunctionBuilder, Local } from "../assembler/function-builder.js";
import {
  f32,
  f32x4,
  fillZero,
  type I32,
  type Index,
  i32,
  i32x4,
  type V128,
  v128,
} from "../assembler/opcodes.js";
import type { Kernel } from "./kernel.js";
import { forRow, storePart } from "./rows.js";

// h w c the greater image, [kh, kw] the window, oh ow the smaller image; n images.

interface Pool {
  readonly n: number;
  readonly h: number;
  readonly w: number;
  readonly c: number;
  readonly oh: number;
  readonly ow: number;
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly padding: readonly number[];
}

function poolOf(
  { shape: [n, h, w, c] }: Slot,
  { shape: [, oh, ow] }: Slot,
  window: Attributes,
): Pool {
  const { size, strides, padding } = window as unknown as Pool;
  return { n, h, w, c, oh, ow, size, strides, padding };
}

/** Greatest number of pixels for which a window is written out instead of looped over. */
const UNROLLED = 9;

/** A window at one place: how to visit its real pixels, and how many they are. */
interface Taps {
  /** Runs `body` with the byte offset of each pixel within the image. */
  readonly visit: (body: (pixel: I32) => void) => void;
  /** Number of pixels within the image, in all lanes. */
  readonly covered: V128;
}

function tapsAt(f: FunctionBuilder, pool: Pool, oy: I32, ox: I32): Taps {
  const { h, w, c, size, strides, padding } = pool;
  const [kh, kw] = size;
  const pixelOffset = (y: I32, x: I32): I32 => i32.mul(i32.add(i32.mul(y, w), x), 4 * c);
  const top = f.let(i32.sub(i32.mul(oy, strides[0]), padding[0]));
  const left = f.let(i32.sub(i32.mul(ox, strides[1]), padding[1]));
  if (padding.every((pixels) => pixels === 0) && kh * kw <= UNROLLED) {
    const corner = f.let(pixelOffset(top, left));
    const visit = (body: (pixel: I32) => void): void => {
      for (let y = 0; y < kh; y++) {
        for (let x = 0; x < kw; x++) body(i32.add(corner, 4 * c * (y * w + x)));
      }
    };
    return { visit, covered: f32x4.const(kh * kw) };
  }
  const clamp = (at: I32, extent: number): Local<"i32"> => {
    const low = f.let(i32.select(i32.lt(at, 0), 0, at));
    f.set(low, i32.select(i32.lt(low, extent), low, extent));
    return low;
  };
  const [y0, y1] = [clamp(top, h), clamp(i32.add(top, kh), h)];
  const [x0, x1] = [clamp(left, w), clamp(i32.add(left, kw), w)];
  const count = i32.mul(i32.sub(y1, y0), i32.sub(x1, x0));
  const visit = (body: (pixel: I32) => void): void => {
    f.for(y0, y1, 1, (y) => {
      f.for(x0, x1, 1, (x) => body(f.let(pixelOffset(y, x))));
    });
  };
  return { visit, covered: f.let(f32x4.splat(f32.fromI32(count))) };
}

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

/** Of four channels at one window: addresses, and what each pixel's gradient grows by. */
type Spreading = (
  f: FunctionBuilder,
  window: { readonly address: (slot: number) => I32; readonly covered: V128 },
) => (x: (slot: number) => I32) => V128;

/**
 * A kernel that adds to each pixel under a window what `spreading` makes of the window's gradient.
 * Windows may overlap, so an image belongs to one thread.
 */
function unpooling(spreading: Spreading): Kernel {
  return (emitter, { inputs, output: dx, attributes }) => {
    const dy = inputs[0];
    const pool = poolOf(dx, dy, attributes);
    const { n, h, w, c, oh, ow, size } = pool;
    const imageBytes = 4 * h * w * c;
    emitter.phase(n, 2 * dy.size * size[0] * size[1], (f, begin, end) => {
      f.for(begin, end, 1, (image) => {
        const base = f.let(i32.mul(image, imageBytes));
        f.do(fillZero(i32.add(base, emitter.address(dx)), imageBytes));
        const small = f.let(i32.mul(image, 4 * oh * ow * c));
        f.for(0, oh, 1, (oy) => {
          f.for(0, ow, 1, (ox) => {
            const taps = tapsAt(f, pool, oy, ox);
            forRow(f, c, (part) => {
              const within = (start: I32, offset: Index) =>
                i32.add(i32.add(start, offset), part.offset);
              const address = (slot: number): I32 =>
                i32.add(within(small, 0), emitter.address(inputs[slot]));
              const growth = spreading(f, { address, covered: taps.covered });
              taps.visit((pixel) => {
                const place = f.let(within(base, pixel));
                const added = growth((slot) => i32.add(place, emitter.address(inputs[slot])));
                const target = f.let(i32.add(place, emitter.address(dx)));
                const sum = f.let(f32x4.add(v128.load(target), added));
                f.do(...storePart(target, { offset: 0, count: part.count }, sum));
              });
            });
            f.set(small, i32.add(small, 4 * c));
          });
        });
      });
    });
  };
}

/** The first of the greatest pixels gets the gradient. Inputs: dy, x, y. */
export const maxPool2dGradient = unpooling((f, { address }) => {
  const dy = f.let(v128.load(address(0)));
  const greatest = f.let(v128.load(address(2)));
  const open = f.let(i32x4.splat(-1));
  return (at) => {
    const wins = f.let(v128.and(f32x4.eq(v128.load(at(1)), greatest), open));
    f.set(open, v128.andNot(open, wins));
    return v128.and(dy, wins);
  };
});

export const averagePool2dGradient = unpooling((f, { address, covered }) => {
  const share = f.let(f32x4.div(v128.load(address(0)), covered));
  return () => share;
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

/** `dx[n, h, w, c] = dy[n, c] / (h·w)` */
export const globalAveragePoolGradient: Kernel = (emitter, { inputs: [dy], output: dx }) => {
  const [n, h, w, c] = dx.shape;
  emitter.phase(n, dx.size, (f, begin, end) => {
    f.for(begin, end, 1, (image) => {
      const from = f.let(i32.add(i32.mul(image, 4 * c), emitter.address(dy)));
      const to = f.let(i32.add(i32.mul(image, 4 * h * w * c), emitter.address(dx)));
      forRow(f, c, (part) => {
        const share = f.let(f32x4.div(v128.load(i32.add(from, part.offset)), f32x4.const(h * w)));
        f.for(0, 4 * h * w * c, 4 * c, (pixel) => {
          f.do(...storePart(i32.add(to, pixel), part, share));
        });
      });
    });
  });
};
