import type { Shape } from "../../shape.js";
import type { FunctionBuilder, Local } from "../assembler/function-builder.js";
import { f32x4, type I32, type Index, i32, i32x4, v128 } from "../assembler/opcodes.js";

/*
 * Images as matrices: row p holds the pixels under the filter at position p, so that a convolution
 * is a product of matrices (im2col; Chellapilla et al. 2006).
 *
 * h w cin an image, kh kw the window, oh ow cout the output; k = kh·kw·cin.
 */

/** A convolution's extents, the same for it and its two gradients. */
export interface Convolution {
  readonly n: number;
  readonly h: number;
  readonly w: number;
  readonly cin: number;
  readonly kh: number;
  readonly kw: number;
  readonly oh: number;
  readonly ow: number;
  readonly cout: number;
  readonly strides: readonly number[];
  /** Zeros around the image: top, left, bottom, right. */
  readonly padding: readonly number[];
  /** Numbers under the window, and positions of it in one image. */
  readonly k: number;
  readonly positions: number;
  /** Words of an image with its padding. */
  readonly paddedWords: number;
}

export function convolutionOf(
  [n, h, w, cin]: Shape,
  [kh, kw]: Shape,
  [, oh, ow, cout]: Shape,
  attributes: Readonly<Record<string, unknown>>,
): Convolution {
  const { strides, padding } = attributes as Pick<Convolution, "strides" | "padding">;
  const [top, left, bottom, right] = padding;
  const paddedWords = (h + top + bottom) * (w + left + right) * cin;
  const extents = { n, h, w, cin, kh, kw, oh, ow, cout, strides, padding };
  return { ...extents, k: kh * kw * cin, positions: oh * ow, paddedWords };
}

/** Bytes of a row of pixels of the padded image. */
export function paddedRowBytes({ w, cin, padding: [, left, , right] }: Convolution): number {
  return 4 * (left + w + right) * cin;
}

/** Byte offset of the image's first pixel in its padded form. */
export function interiorOffset(shape: Convolution): number {
  const [top, left] = shape.padding;
  return top * paddedRowBytes(shape) + 4 * left * shape.cin;
}

/** Copies an image into scratch, with zeros around it. Overruns the end by up to 3 words. */
export function emitPadding(f: FunctionBuilder, shape: Convolution, from: I32, to: I32): void {
  const { h, w, cin, padding } = shape;
  const [, left, , right] = padding;
  const rowBytes = 4 * w * cin;
  // Front to back, so that what a vector writes too much is overwritten by what comes next.
  const source = f.let(from);
  const target = f.let(to);
  const zeros = (words: number): void => {
    f.for(0, 4 * words, 16, (i) => f.do(v128.store(i32.add(target, i), f32x4.const(0))));
    f.set(target, i32.add(target, 4 * words));
  };
  zeros(interiorOffset(shape) / 4);
  f.for(0, h, 1, () => {
    f.for(0, rowBytes, 16, (i) => {
      f.do(v128.store(i32.add(target, i), v128.load(i32.add(source, i))));
    });
    f.set(source, i32.add(source, rowBytes));
    f.set(target, i32.add(target, rowBytes));
    zeros((left + right) * cin);
  });
  const done = interiorOffset(shape) / 4 + h * (w + left + right) * cin;
  zeros(Math.max(0, shape.paddedWords - done));
}

/** Positions `from` to before `to` of a window in one image. */
export interface Positions {
  readonly from: Index;
  readonly to: Index;
}

/** Runs `body` with the address of the first pixel under the window at each position. */
function forPositions(
  f: FunctionBuilder,
  shape: Convolution,
  options: Positions & { readonly image: I32 },
  body: (corner: Local<"i32">) => void,
): void {
  const { ow, cin, strides } = shape;
  const [sy, sx] = strides;
  const rowBytes = sy * paddedRowBytes(shape);
  const stepBytes = 4 * sx * cin;
  const from = f.let(i32.add(options.from, 0));
  const x = f.let(i32.rem(from, ow));
  const row = i32.mul(i32.div(from, ow), rowBytes);
  const corner = f.let(i32.add(options.image, i32.add(row, i32.mul(x, stepBytes))));
  f.for(from, options.to, 1, () => {
    body(corner);
    f.set(corner, i32.add(corner, stepBytes));
    f.set(x, i32.add(x, 1));
    f.if(i32.eq(x, ow), () => {
      f.set(x, i32.mul(0, 0));
      f.set(corner, i32.add(corner, rowBytes - ow * stepBytes));
    });
  });
}

/** Copies the pixels under each window, one position after the other. Overruns by up to 3 words. */
export function emitPatches(
  f: FunctionBuilder,
  shape: Convolution,
  options: Positions & { readonly image: I32; readonly patches: I32 },
): void {
  const { kh, kw, cin } = shape;
  const run = 4 * kw * cin;
  const target = f.let(options.patches);
  forPositions(f, shape, options, (corner) => {
    for (let ky = 0; ky < kh; ky++) {
      const skip = ky * paddedRowBytes(shape);
      forRun(f, run, (i) => {
        f.do(v128.store(i32.add(target, i), v128.load(i32.add(corner, i), skip), ky * run));
      });
    }
    f.set(target, i32.add(target, kh * run));
  });
}

/** Adds each patch to the pixels it was taken from. */
export function emitUnpatching(
  f: FunctionBuilder,
  shape: Convolution,
  options: Positions & { readonly image: I32; readonly patches: I32 },
): void {
  const { kh, kw, cin } = shape;
  const run = 4 * kw * cin;
  const tail = (kw * cin) % 4;
  const lane = (index: number): number => (index < tail ? -1 : 0);
  const mask = i32x4.const(lane(0), lane(1), lane(2), lane(3));
  const source = f.let(options.patches);
  forPositions(f, shape, options, (corner) => {
    for (let ky = 0; ky < kh; ky++) {
      const skip = ky * paddedRowBytes(shape);
      const add = (i: Index, masked: boolean): void => {
        const loaded = v128.load(i32.add(source, i), ky * run);
        const added = masked ? v128.and(loaded, mask) : loaded;
        const place = i32.add(corner, i);
        f.do(v128.store(place, f32x4.add(v128.load(place, skip), added), skip));
      };
      forRun(f, run - 4 * tail, (i) => add(i, false));
      if (tail !== 0) add(run - 4 * tail, true);
    }
    f.set(source, i32.add(source, kh * run));
  });
}

/** Runs `body` for each vector of a run of bytes; a short run without a loop. */
function forRun(f: FunctionBuilder, bytes: number, body: (i: Index) => void): void {
  if (bytes <= 64) for (let i = 0; i < bytes; i += 16) body(i);
  else f.for(0, bytes, 16, body);
}

/**
 * Whether any number is not 0 under the windows at `down × across` neighbouring positions, the first at
 * `corner`. Looks at up to 3 words more.
 */
export function anyUnder(
  f: FunctionBuilder,
  shape: Convolution,
  corner: Local<"i32">,
  [down, across]: readonly [number, number],
): I32 {
  const { kh, kw, cin, strides } = shape;
  const height = (down - 1) * strides[0] + kh;
  const run = 4 * ((across - 1) * strides[1] + kw) * cin;
  const bits = f.let(f32x4.const(0));
  for (let y = 0; y < height; y++) {
    for (let i = 0; i < run; i += 16) {
      f.set(bits, v128.or(bits, v128.load(corner, y * paddedRowBytes(shape) + i)));
    }
  }
  return v128.any(bits);
}
