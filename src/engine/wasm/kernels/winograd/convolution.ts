import type { Slot, Step } from "../../../plan.js";
import type {
  FunctionBuilder,
  FunctionReference,
  Local,
} from "../../assembler/function-builder.js";
import { type Index, i32 } from "../../assembler/opcodes.js";
import type { ProgramEmitter } from "../../program-emitter.js";
import { emitProduct, type Product, packedPanels, panelCount, rowTiles } from "../gemm.js";
import type { Convolution } from "../patches.js";
import { applyEpilogue, atMost } from "../rectangle.js";
import { filterPhases, packedBytes } from "./filter.js";
import { emitPoints, padded, pointBytes, tilesPerChunk } from "./points.js";
import { pointsToPixels, SCRATCH_WORDS } from "./tile-transforms.js";
import { forTiles, inputTiling, outputTiling, TILE, type Tile } from "./tiling.js";
import { type Transforms, transformsOf } from "./transforms.js";

/** What a convolution reads; a turned filter is that of {@link filterPhases}. */
export interface WinogradConvolution {
  readonly shape: Convolution;
  readonly images: Slot;
  readonly filter: Slot;
  readonly turned: boolean;
}

/** `y = Aᵀ·((G·f·Gᵀ) ⊙ (Bᵀ·x·B))·A` for each tile, the products of each point summed over channels. */
export function winogradConvolution(
  emitter: ProgramEmitter,
  step: Step,
  { shape, images, filter: slot, turned }: WinogradConvolution,
): void {
  const { n, cin, cout, kh, kw } = shape;
  const transforms = transformsOf(TILE, kh);
  const { points, bT } = transforms;
  const filter = { slot, taps: kh * kw, k: cin, n: cout };
  const packed = filterPhases(emitter, transforms, filter, turned);
  const [inputs, outputs] = [inputTiling(shape), outputTiling(shape)];
  const total = n * inputs.down * inputs.across;
  const chunk = tilesPerChunk(points, padded(cin) + padded(cout), total);
  const [left, sums] = [pointBytes(chunk, cin), pointBytes(chunk, cout)];
  const leftScratch = emitter.threadScratch((points * points * left) / 4);
  const sumScratch = emitter.threadScratch((points * points * sums) / 4);
  const tileScratch = emitter.threadScratch(SCRATCH_WORDS);
  const product: Product = {
    m: chunk,
    n: cout,
    k: cin,
    aRow: 4 * padded(cin),
    aStep: 4,
    cRow: 4 * padded(cout),
    ...packedPanels(cin),
  };
  const store = storing(emitter, step, { shape, transforms, pointBytes: sums });

  const work = 2 * total * points * points * cin * cout;
  emitter.phase(Math.ceil(total / chunk), work, (f, firstUnit, lastUnit, scratch) => {
    const v = f.let(i32.add(scratch, leftScratch));
    const m = f.let(i32.add(scratch, sumScratch));
    const own = f.let(i32.add(scratch, tileScratch));
    f.for(firstUnit, lastUnit, 1, (unit) => {
      const begin = f.let(i32.mul(unit, chunk));
      const end = f.let(atMost(i32.add(begin, chunk), total));
      const range = { scratch: own, begin, end };
      emitPoints(f, emitter, inputs, { matrix: bT, images, points: v, pointBytes: left, ...range });
      // The last chunk may have fewer tiles; what is computed beyond them is never looked at.
      const [a, b, c] = [f.let(v), f.let(i32.add(packed, 0)), f.let(m)];
      f.for(0, points * points, 1, () => {
        emitProduct(f, emitter.module, product, {
          a,
          b,
          c,
          tiles: [0, rowTiles(chunk).count],
          panels: [0, panelCount(product)],
        });
        f.set(a, i32.add(a, left));
        f.set(b, i32.add(b, packedBytes(filter)));
        f.set(c, i32.add(c, sums));
      });
      forTiles(f, outputs, { begin, end }, (tile) => {
        const from = i32.add(i32.mul(i32.sub(tile.index, begin), 4 * padded(cout)), m);
        store(f, tile, { from: f.let(from), scratch: own });
      });
    });
  });
}

type Store = (
  f: FunctionBuilder,
  tile: Tile,
  addresses: { readonly from: Local<"i32">; readonly scratch: Local<"i32"> },
) => void;

/** Writes the transform of a tile's points to the step's output, and its epilogue. */
function storing(
  emitter: ProgramEmitter,
  step: Step,
  options: {
    readonly shape: Convolution;
    readonly transforms: Transforms;
    readonly pointBytes: number;
  },
): Store {
  const { shape, transforms } = options;
  const { cout, ow } = shape;
  const output = emitter.address(step.output);
  const layout = { pixelBytes: 4 * cout, rowBytes: 4 * cout * ow, pointBytes: options.pointBytes };
  const known = new Map<string, FunctionReference>();
  const transform = ({ rows, columns }: Tile, lanes: number): FunctionReference => {
    const key = JSON.stringify([rows, columns, lanes]);
    const added =
      known.get(key) ??
      pointsToPixels(emitter.module, transforms.aT, {
        ...layout,
        rows,
        columns,
        lanes,
        finish: (f, value, { pixels, offset, column }) => {
          if (step.epilogue.length === 0) return value;
          const element = f.let(i32.add(pixels, offset - output));
          const place = { element, column, row: 0 };
          return applyEpilogue(f, emitter, { epilogue: step.epilogue, value, place });
        },
      });
    known.set(key, added);
    return added;
  };
  return (f, tile, { from, scratch }) => {
    const to = f.let(i32.add(tile.pixel, output));
    const part = (channel: Index, lanes: number): void => {
      const column = i32.add(channel, 0);
      f.call(transform(tile, lanes), i32.add(from, channel), i32.add(to, channel), scratch, column);
    };
    const whole = cout - (cout % 4);
    f.for(0, 4 * whole, 16, (channel) => part(channel, 4));
    if (whole < cout) part(4 * whole, cout % 4);
  };
}

/** `dx`: the convolution of dy by the filter turned around, its channels exchanged. */
export function winogradInputGradient(
  emitter: ProgramEmitter,
  step: Step,
  shape: Convolution,
): void {
  const [dy, filter] = step.inputs;
  const { h, w, cin, kh, kw, oh, ow, cout, padding } = shape;
  const [top, left, bottom, right] = padding;
  winogradConvolution(emitter, step, {
    shape: {
      ...shape,
      h: oh,
      w: ow,
      cin: cout,
      oh: h,
      ow: w,
      cout: cin,
      padding: [kh - 1 - top, kw - 1 - left, kh - 1 - bottom, kw - 1 - right],
    },
    images: dy,
    filter,
    turned: true,
  });
}
