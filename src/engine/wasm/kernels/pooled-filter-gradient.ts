import type { PooledFilterGradientAttributes } from "../../ops/pooled-filter-gradient.js";
import type { FunctionBuilder, FunctionReference, Local } from "../assembler/function-builder.js";
import type { ModuleBuilder } from "../assembler/module-builder.js";
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
import { groupsOf, sumGroups } from "./groups.js";
import type { Kernel } from "./kernel.js";
import { paddingScratch, stageImage } from "./padded-image.js";
import { anyUnder, type Convolution, convolutionOf, paddedRowBytes } from "./patches.js";
import { atMost } from "./rectangle.js";
import { forRow } from "./rows.js";

/** Sums over images are those of this many groups, added in order. */
const GROUPS = 8;
/** Bytes of pairs at a time, well within the first cache. */
const PAIR_BYTES = 12_288;
/** Sums at a time: they, the numbers added to them and the gradient take all but a few registers. */
const MOST_SUMS = 6;

/**
 * `df = Σ x[patch under the winner of m]·dm` over the maxima of all images, in fixed groups.
 *
 * Of some rows of an image, first the gradient of each maximum and the place of its winner's patch are
 * written down, channel by channel; then each channel adds its patches up, the sums in registers.
 */
export const pooledFilterGradient: Kernel = (emitter, { inputs, output, attributes }) => {
  const [x, dm, y, m] = inputs;
  const { window } = attributes as unknown as PooledFilterGradientAttributes;
  const shape = convolutionOf(x.shape, output.shape, y.shape, attributes);
  const { n, oh, ow, cout, kh, kw, cin } = shape;
  const [, mh, mw] = m.shape;
  const groups = groupsOf(emitter, output, Math.min(GROUPS, n));
  const padded = paddingScratch(emitter, shape);
  // Of each channel pairs of a gradient and a place; the channels not a power of two apart.
  const rowsPerChunk = Math.min(mh, Math.max(1, Math.floor(PAIR_BYTES / (8 * mw * cout))));
  const channelBytes = 8 * rowsPerChunk * mw + 16;
  const pairScratch = emitter.threadScratch((cout * channelBytes) / 4);
  const vectors = Math.ceil((kw * cin) / 4);
  const sumBytes = 16 * kh * vectors;
  const sumScratch = emitter.threadScratch((cout * sumBytes) / 4);
  const addPatches = patchSums(emitter.module, shape);
  const next = patchBytes(shape, window);

  const work = 8 * n * mh * mw * cout * kh * vectors;
  emitter.phase(groups.count, work, (f, firstGroup, lastGroup, scratch) => {
    const pairs = f.let(i32.add(scratch, pairScratch));
    const sums = f.let(i32.add(scratch, sumScratch));
    const pair = f.local("i32");
    /** Writes the pairs of all channels of one maximum. */
    const writePairs = (small: I32, corner: I32, patch: Local<"i32">): void => {
      forRow(f, cout, ({ offset, count }) => {
        const element = f.let(i32.add(small, offset));
        const greatest = f.let(v128.load(element, emitter.address(m)));
        const pixel = f.let(i32.add(corner, offset));
        const place = f.let(winnerPatch(f, shape, window, { greatest, corner: pixel, patch }));
        const gradient = f.let(v128.load(element, emitter.address(dm)));
        const to = f.let(i32.add(pair, i32.mul(offset, channelBytes / 4)));
        const low = f.let(v128.shuffle(gradient, place, [0, 4, 1, 5]));
        const high = f.let(v128.shuffle(gradient, place, [2, 6, 3, 7]));
        for (let lane = 0; lane < count; lane++) {
          const both = lane < 2 ? low : high;
          f.do(v128.store64Lane(to, both, lane % 2, lane * channelBytes));
        }
      });
    };
    /** Adds the patches of all pairs, channel by channel. */
    const addPairs = (): void => {
      const bytes = f.let(i32.sub(pair, pairs));
      f.if(bytes, () => {
        const [from, to] = [f.let(pairs), f.let(sums)];
        f.for(0, cout, 1, () => {
          f.call(addPatches, from, i32.add(from, bytes), to);
          f.set(from, i32.add(from, channelBytes));
          f.set(to, i32.add(to, sumBytes));
        });
      });
    };
    const addImage = (index: Local<"i32">): void => {
      const options = { address: emitter.address(x), index, scratch, padded };
      const patch = stageImage(f, shape, options);
      const small = f.let(i32.mul(index, 4 * mh * mw * cout));
      const corner = f.let(i32.add(i32.mul(index, 4 * oh * ow * cout), emitter.address(y)));
      f.for(0, mh, rowsPerChunk, (first) => {
        f.set(pair, pairs);
        f.for(first, atMost(i32.add(first, rowsPerChunk), mh), 1, () => {
          f.for(0, mw, 1, () => {
            // Empty paper adds nothing.
            f.if(anyUnder(f, shape, patch, window), () => {
              writePairs(small, corner, patch);
              f.set(pair, i32.add(pair, 8));
            });
            f.set(small, i32.add(small, 4 * cout));
            f.set(corner, i32.add(corner, 4 * window[1] * cout));
            f.set(patch, i32.add(patch, next.right));
          });
          f.set(corner, i32.add(corner, 4 * cout * (window[0] * ow - mw * window[1])));
          f.set(patch, i32.add(patch, next.down - mw * next.right));
        });
        addPairs();
      });
    };
    f.for(firstGroup, lastGroup, 1, (group) => {
      f.do(fillZero(sums, cout * sumBytes));
      const edge = (g: Index) => i32.div(i32.mul(g, n), groups.count);
      f.for(edge(group), edge(i32.add(group, 1)), 1, addImage);
      const part = f.let(i32.add(i32.mul(group, groups.bytes), groups.address));
      f.for(0, cout, 1, (channel) => {
        const from = f.let(i32.add(i32.mul(channel, sumBytes), sums));
        storeTaps(f, shape, from, f.let(i32.add(i32.mul(channel, 4), part)));
      });
    });
  });
  sumGroups(emitter, output, groups);
};

/** Bytes from the patch of one window's first pixel to that of the next window. */
function patchBytes(shape: Convolution, [wh, ww]: readonly [number, number]) {
  const [sy, sx] = shape.strides;
  return { right: 4 * ww * sx * shape.cin, down: wh * sy * paddedRowBytes(shape) };
}

/** Addresses of the patches of four channels' winners: the first pixels of a window that are greatest. */
function winnerPatch(
  f: FunctionBuilder,
  shape: Convolution,
  [wh, ww]: readonly [number, number],
  window: {
    readonly greatest: Local<"v128">;
    /** Address of the channels in the window's first pixel, and of the patch of that pixel. */
    readonly corner: Local<"i32">;
    readonly patch: Local<"i32">;
  },
): V128 {
  const { cout, ow } = shape;
  const next = patchBytes(shape, [1, 1]);
  const offset = (y: number, x: number): V128 => i32x4.splat(y * next.down + x * next.right);
  const place = f.let(offset(wh - 1, ww - 1));
  for (let pixel = wh * ww - 2; pixel >= 0; pixel--) {
    const [y, x] = [Math.floor(pixel / ww), pixel % ww];
    const number = v128.load(window.corner, 4 * cout * (y * ow + x));
    const wins = f32x4.eq(number, window.greatest);
    f.set(place, v128.select(wins, offset(y, x), place));
  }
  return i32x4.add(place, i32x4.splat(window.patch));
}

/**
 * The function `(pairs, end, sums)` that adds patches, each times its gradient, to the sums of a
 * channel; so many sums at a time that they and what is added to them fit the registers.
 */
function patchSums(module: ModuleBuilder, shape: Convolution): FunctionReference {
  const { kh, kw, cin } = shape;
  const rowBytes = paddedRowBytes(shape);
  const vectors = Math.ceil((kw * cin) / 4);
  const all = Array.from({ length: kh * vectors }, (_, i) => ({
    at: 16 * i,
    offset: Math.floor(i / vectors) * rowBytes + 16 * (i % vectors),
  }));
  const rounds = Math.ceil(all.length / MOST_SUMS);
  const perRound = Math.ceil(all.length / rounds);
  return module.shared(`patch sums ${[kh, vectors, rowBytes]}`, 3, (f) => {
    const [pairs, end, to] = f.arguments;
    const [gradient, patch, pair] = [f.local("v128"), f.local("i32"), f.local("i32")];
    for (let round = 0; round < rounds; round++) {
      const some = all.slice(round * perRound, (round + 1) * perRound);
      const sums = some.map(({ at, offset }) => ({ at, offset, sum: f.let(v128.load(to, at)) }));
      f.set(pair, pairs);
      f.doWhile(
        () => {
          f.set(gradient, f32x4.loadSplat(pair));
          f.set(patch, i32.load(pair, 4));
          for (const { sum, offset } of sums) {
            f.set(sum, f.madd(gradient, v128.load(patch, offset), sum));
          }
          f.set(pair, i32.add(pair, 8));
        },
        () => i32.lt(pair, end),
      );
      f.do(...sums.map(({ sum, at }) => v128.store(to, sum, at)));
    }
  });
}

/** Writes the sums of a channel, vectors of a row of taps each, to where its taps belong. */
function storeTaps(
  f: FunctionBuilder,
  { kh, kw, cin, cout }: Convolution,
  from: Local<"i32">,
  to: Local<"i32">,
): void {
  const run = kw * cin;
  const rowBytes = 16 * Math.ceil(run / 4);
  for (let ky = 0; ky < kh; ky++) {
    for (let i = 0; i < run; i++) {
      const sum = f32.load(from, ky * rowBytes + 4 * i);
      f.do(f32.store(to, sum, 4 * cout * (ky * run + i)));
    }
  }
}
