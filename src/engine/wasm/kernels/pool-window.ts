import type { Attributes } from "../../operation.js";
import type { Slot } from "../../plan.js";
import type { FunctionBuilder, Local } from "../assembler/function-builder.js";
import { f32, f32x4, type I32, i32, type V128 } from "../assembler/opcodes.js";

// h w c the greater image, [kh, kw] the window, oh ow the smaller image; n images.

export interface Pool {
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

export function poolOf(
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
export interface Taps {
  /** Runs `body` with the byte offset of each pixel within the image. */
  readonly visit: (body: (pixel: I32) => void) => void;
  /** Number of pixels within the image, in all lanes. */
  readonly covered: V128;
}

export function tapsAt(f: FunctionBuilder, pool: Pool, oy: I32, ox: I32): Taps {
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

/** Whether no two windows overlap, nor leave gaps: then a pixel is written once, and never read. */
export function isTiling({ size, strides, padding }: Pool): boolean {
  return size.every((extent, axis) => extent === strides[axis]) && padding.every((it) => it === 0);
}
