import type { Step } from "../../plan.js";
import type { FunctionReference, Local } from "../assembler/function-builder.js";
import type { ModuleBuilder } from "../assembler/module-builder.js";
import { f32x4, i32, v128 } from "../assembler/opcodes.js";
import type { ProgramEmitter } from "../program-emitter.js";
import { firstRow, packedPanels, rowTiles } from "./gemm.js";
import { packPhase } from "./packing.js";
import { paddingScratch, stageImage } from "./padded-image.js";
import { anyUnder, type Convolution, paddedRowBytes } from "./patches.js";
import { atMost, finishRectangle, storeLanes } from "./rectangle.js";

/** Share of a row's tiles that may be empty. */
const WASTE = 0.1;

/** Channels up to which x is taken for an image, most of which may be empty paper: nothing to be summed. */
const PAPER_CHANNELS = 3;

/** Units of work to be had at least, where there are so few images that they don't make them. */
const FEW_UNITS = 4;

/** Whether rows of the output are cut into full tiles, so that patches need not be laid side by side. */
export function suitsDirect({ ow }: Convolution): boolean {
  const whole = 4 * Math.ceil(ow / 4);
  return whole - ow <= WASTE * whole;
}

/**
 * `y[q, o] = Σ_k x[q + offset(k)]·f[k, o]`: the product of patches, each number of which is read where
 * it lies in the padded image, row by row of the output.
 */
export function directConvolution(emitter: ProgramEmitter, step: Step, shape: Convolution): void {
  const { inputs, output } = step;
  const [x, filter] = inputs;
  const { n, oh, ow, cin, cout, k, kh, kw, strides } = shape;
  const packed = packPhase(emitter, { slot: filter, k, n: cout, transposed: false });
  const { bPanel } = packedPanels(k);
  const padded = paddingScratch(emitter, shape);
  const stepScratch = emitter.threadScratch(k);
  const tiles = rowTiles(ow);
  const whole = Math.floor(cout / 8);
  const none = f32x4.const(0);
  const rowBytes = strides[0] * paddedRowBytes(shape);

  const rowsPerPart = Math.ceil(oh / (n >= FEW_UNITS ? 1 : Math.ceil(FEW_UNITS / n)));
  const parts = Math.ceil(oh / rowsPerPart);

  emitter.phase(n * parts, 2 * n * oh * ow * k * cout, (f, begin, end, scratch) => {
    // How far it is from one number under the window to the next.
    const steps = f.let(i32.add(scratch, stepScratch));
    for (let ky = 0; ky < kh; ky++) {
      const run = kw * cin;
      const offset = 4 * ky * run;
      f.for(0, 4 * (run - 1), 4, (i) => f.do(i32.store(i32.add(steps, i), i32.const(4), offset)));
      const next = paddedRowBytes(shape) - 4 * (run - 1);
      f.do(i32.store(steps, i32.const(next), offset + 4 * (run - 1)));
    }
    f.for(begin, end, 1, (unit) => {
      const index = f.let(i32.div(unit, parts));
      const first = f.let(i32.mul(i32.rem(unit, parts), rowsPerPart));
      const options = { address: emitter.address(x), index, scratch, padded };
      const image = stageImage(f, shape, options);
      f.set(image, i32.add(image, i32.mul(first, rowBytes)));
      const row = f.let(i32.add(i32.mul(index, oh), first));
      const last = f.let(i32.add(i32.mul(index, oh), atMost(i32.add(first, rowsPerPart), oh)));
      const c = f.let(i32.add(i32.mul(row, 4 * ow * cout), emitter.address(output)));
      f.for(row, last, 1, (current) => {
        const part = (rows: number) => (tile: Local<"i32">) => {
          const pixel = f.let(firstRow(tiles, tile));
          const a = f.let(i32.add(image, i32.mul(pixel, 4 * strides[1] * cin)));
          const to = f.let(i32.add(c, i32.mul(pixel, 4 * cout)));
          const sweep = (panel: Local<"i32"> | number, columns: number): void => {
            const b = f.let(i32.add(i32.mul(panel, bPanel), packed));
            const kernel = tileKernel(emitter.module, shape, { rows, columns });
            f.call(kernel, a, steps, b, i32.add(b, bPanel), i32.add(to, i32.mul(panel, 32)));
          };
          const compute = (): void => {
            f.for(0, whole, 1, (panel) => sweep(panel, 8));
            if (cout % 8 !== 0) sweep(whole, cout % 8);
          };
          if (cin > PAPER_CHANNELS) compute();
          else {
            f.if(anyUnder(f, shape, a, [1, rows]), compute, () => {
              const tail = (rows * cout) % 4;
              const end = 4 * (rows * cout - tail);
              f.for(0, end, 16, (i) => f.do(v128.store(i32.add(to, i), none)));
              if (tail > 0) f.do(...storeLanes(to, none, tail, end));
            });
          }
        };
        f.for(0, tiles.taller, 1, part(tiles.rows + 1));
        f.for(tiles.taller, tiles.count, 1, part(tiles.rows));
        finishRectangle(f, emitter, step, {
          rows: [i32.mul(current, ow), i32.mul(i32.add(current, 1), ow)],
          columns: [0, cout],
        });
        f.set(image, i32.add(image, rowBytes));
        f.set(c, i32.add(c, 4 * ow * cout));
      });
    });
  });
}

/**
 * The function `(a, steps, b, bEnd, c)` that computes some pixels, side by side, of a panel's channels;
 * a tile like that of a product, but for the way a goes.
 */
function tileKernel(
  module: ModuleBuilder,
  { strides, cin, cout }: Convolution,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): FunctionReference {
  const aRow = 4 * strides[1] * cin;
  const vectors = Math.ceil(columns / 4);
  return module.shared(`direct ${[rows, columns, aRow, cout]}`, 5, (f) => {
    const [a, steps, b, end, c] = f.arguments;
    const sums = Array.from({ length: rows * vectors }, () => f.local("v128"));
    const left = f.local("v128");
    const right = Array.from({ length: vectors }, () => f.local("v128"));
    f.doWhile(
      () => {
        for (const [v, vector] of right.entries()) f.set(vector, v128.load(b, 16 * v));
        for (const [i, sum] of sums.entries()) {
          if (i % vectors === 0) f.set(left, f32x4.loadSplat(a, Math.floor(i / vectors) * aRow));
          f.set(sum, f.madd(left, right[i % vectors], sum));
        }
        f.set(a, i32.add(a, i32.load(steps)));
        f.set(steps, i32.add(steps, 4));
        f.set(b, i32.add(b, 32));
      },
      () => i32.lt(b, end),
    );
    for (const [i, sum] of sums.entries()) {
      const [row, vector] = [Math.floor(i / vectors), i % vectors];
      f.do(...storeLanes(c, sum, Math.min(4, columns - 4 * vector), 4 * row * cout + 16 * vector));
    }
  });
}
