import type { FunctionBuilder, Local } from "../assembler/function-builder.js";
import {
  f32x4,
  fillZero,
  type I32,
  i32,
  i32x4,
  toI32,
  type V128,
  v128,
} from "../assembler/opcodes.js";
import type { Kernel } from "./kernel.js";
import { isTiling, type Pool, poolOf, tapsAt } from "./pool-window.js";
import { applyEpilogue, finishRectangle, storeLanes } from "./rectangle.js";
import { forRow, type RowPart, storePart } from "./rows.js";

// h w c the greater image, oh ow the smaller image; n images.

/** Of four channels at one window: addresses, and what each pixel's gradient grows by. */
type Spreading = (
  f: FunctionBuilder,
  window: { readonly address: (slot: number) => I32; readonly covered: V128 },
) => (x: (slot: number) => I32) => V128;

/** What to do with four channels of a pixel: their offset in the array, and the gradient added. */
type VisitPixel = (element: Local<"i32">, part: RowPart, added: V128) => void;

/**
 * A kernel that adds to each pixel under a window what `spreading` makes of the window's gradient.
 * Windows may overlap, so an image belongs to one thread.
 */
function unpooling(spreading: Spreading): Kernel {
  return (emitter, step) => {
    const { inputs, output: dx, attributes } = step;
    const dy = inputs[0];
    const pool = poolOf(dx, dy, attributes);
    const address = (slot: number): number => emitter.address(inputs[slot]);
    const target = emitter.address(dx);

    const storeTiles = (f: FunctionBuilder, image: Local<"i32">): void => {
      const { epilogue } = step;
      const store: VisitPixel = (element, { offset, count }, value) => {
        const place = { element, column: toI32(offset), row: 0 };
        const result = f.let(applyEpilogue(f, emitter, { epilogue, value, place }));
        f.do(...storeLanes(element, result, count, target));
      };
      forWindows(f, pool, { image, spreading, address }, store);
      forUncovered(f, pool, image, (element, part) => store(element, part, f32x4.const(0)));
    };
    const addWindows = (f: FunctionBuilder, image: Local<"i32">): void => {
      const { h, w, c } = pool;
      f.do(fillZero(i32.add(i32.mul(image, 4 * h * w * c), target), 4 * h * w * c));
      forWindows(f, pool, { image, spreading, address }, (element, { count }, added) => {
        const sum = f.let(f32x4.add(v128.load(element, target), added));
        f.do(...storeLanes(element, sum, count, target));
      });
      const first = f.let(i32.mul(image, h * w));
      const rows = [first, i32.add(first, h * w)] as const;
      finishRectangle(f, emitter, step, { rows, columns: [0, c] });
    };
    const [kh, kw] = pool.size;
    emitter.phase(pool.n, 2 * dy.size * kh * kw, (f, begin, end) => {
      f.for(begin, end, 1, (image) => (isTiling(pool) ? storeTiles : addWindows)(f, image));
    });
  };
}

/** Visits every pixel under every window of an image. */
function forWindows(
  f: FunctionBuilder,
  pool: Pool,
  options: {
    readonly image: Local<"i32">;
    readonly spreading: Spreading;
    readonly address: (slot: number) => number;
  },
  visit: VisitPixel,
): void {
  const { h, w, c, oh, ow } = pool;
  const { image, spreading, address } = options;
  const base = f.let(i32.mul(image, 4 * h * w * c));
  const small = f.let(i32.mul(image, 4 * oh * ow * c));
  f.for(0, oh, 1, (oy) => {
    f.for(0, ow, 1, (ox) => {
      const { covered, visit: forTaps } = tapsAt(f, pool, oy, ox);
      forRow(f, c, (part) => {
        const window = f.let(i32.add(small, part.offset));
        const growth = spreading(f, {
          address: (slot) => i32.add(window, address(slot)),
          covered,
        });
        forTaps((pixel) => {
          const element = f.let(i32.add(i32.add(base, pixel), part.offset));
          const added = growth((slot) => i32.add(element, address(slot)));
          visit(element, part, added);
        });
      });
      f.set(small, i32.add(small, 4 * c));
    });
  });
}

/** Runs `body` for the pixels right of the last tile and below it. */
function forUncovered(
  f: FunctionBuilder,
  { h, w, c, oh, ow, size }: Pool,
  image: Local<"i32">,
  body: (element: Local<"i32">, part: RowPart) => void,
): void {
  const [bottom, right] = [oh * size[0], ow * size[1]];
  const forPixels = (rows: readonly [number, number], columns: readonly [number, number]): void => {
    f.for(rows[0], rows[1], 1, (y) => {
      f.for(columns[0], columns[1], 1, (x) => {
        const row = i32.add(i32.mul(image, h), y);
        const pixel = f.let(i32.mul(i32.add(i32.mul(row, w), x), 4 * c));
        forRow(f, c, (part) => body(f.let(i32.add(pixel, part.offset)), part));
      });
    });
  };
  forPixels([0, bottom], [right, w]);
  forPixels([bottom, h], [0, w]);
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
