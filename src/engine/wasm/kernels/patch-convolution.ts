import type { Step } from "../../plan.js";
import { lastAxis } from "../../shape.js";
import type { Local } from "../assembler/function-builder.js";
import { fillZero, type Index, i32, v128 } from "../assembler/opcodes.js";
import type { ProgramEmitter } from "../program-emitter.js";
import {
  emitProduct,
  emitSlice,
  firstRow,
  type Product,
  packedPanels,
  panelCount,
  rowTiles,
  unpackedPanels,
} from "./gemm.js";
import { groupsOf, sumGroups } from "./groups.js";
import { packPhase } from "./packing.js";
import { paddingScratch, stageImage } from "./padded-image.js";
import {
  type Convolution,
  emitPatches,
  emitUnpatching,
  interiorOffset,
  paddedRowBytes,
} from "./patches.js";
import { atMost, finishRectangle, forRectangle } from "./rectangle.js";

/** Words of patches made at a time: they should be read again before they leave the second cache. */
const PATCH_WORDS = 32_768;
/** Units of work to be had at least, where there are so few images that they don't make them. */
const FEW_UNITS = 8;
/** Sums over images are those of this many groups, added in order. */
const GROUPS = 8;

/** Tiles of rows whose patches are made at a time. */
function tilesPerChunk(shape: Convolution): number {
  return Math.max(1, Math.floor(PATCH_WORDS / (rowTiles(shape.positions).rows * shape.k)));
}

/** `y = patches(x)·filter`, image by image, the patches a chunk at a time. */
export function patchConvolution(emitter: ProgramEmitter, step: Step, shape: Convolution): void {
  const { inputs, output } = step;
  const [x, filter] = inputs;
  const { n, cout, k, positions } = shape;
  const right = { slot: filter, k, n: cout, transposed: false };
  const packed = packPhase(emitter, right);
  const product: Product = {
    m: positions,
    n: cout,
    k,
    aRow: 4 * k,
    aStep: 4,
    cRow: 4 * cout,
    ...packedPanels(k),
  };
  const tiles = rowTiles(positions);
  const perPart = Math.ceil(tiles.count / (n >= FEW_UNITS ? 1 : Math.ceil(FEW_UNITS / n)));
  const parts = Math.ceil(tiles.count / perPart);
  const perChunk = Math.min(perPart, tilesPerChunk(shape));
  const padded = paddingScratch(emitter, shape);
  const patchScratch = emitter.threadScratch(perChunk * (tiles.rows + 1) * k);

  emitter.phase(n * parts, 2 * n * positions * k * cout, (f, begin, end, scratch) => {
    const patches = f.let(i32.add(scratch, patchScratch));
    f.for(begin, end, 1, (unit) => {
      const index = f.let(i32.div(unit, parts));
      const first = f.let(i32.mul(i32.rem(unit, parts), perPart));
      const last = f.let(atMost(i32.add(first, perPart), tiles.count));
      const image = stageImage(f, shape, { address: emitter.address(x), index, scratch, padded });
      const c = i32.add(i32.mul(index, 4 * positions * cout), emitter.address(output));
      f.for(first, last, perChunk, (tile) => {
        const tileEnd = f.let(atMost(i32.add(tile, perChunk), last));
        const from = f.let(firstRow(tiles, tile));
        const to = f.let(firstRow(tiles, tileEnd));
        emitPatches(f, shape, { image, patches, from, to });
        emitProduct(f, emitter.module, product, {
          a: i32.sub(patches, i32.mul(from, 4 * k)),
          b: packed,
          c,
          tiles: [tile, tileEnd],
          panels: [0, panelCount(product)],
        });
        const row = i32.mul(index, positions);
        finishRectangle(f, emitter, step, {
          rows: [i32.add(row, from), i32.add(row, to)],
          columns: [0, cout],
        });
      });
    });
  });
}

/** `dx = unpatched(dy·filterᵀ)`, image by image. */
export function patchInputGradient(emitter: ProgramEmitter, step: Step, shape: Convolution): void {
  const { inputs, output } = step;
  const [dy, filter] = inputs;
  const { n, h, w, cin, cout, k, positions } = shape;
  const right = { slot: filter, k: cout, n: k, transposed: true };
  const packed = packPhase(emitter, right);
  const product: Product = {
    m: positions,
    n: k,
    k: cout,
    aRow: 4 * cout,
    aStep: 4,
    cRow: 4 * k,
    ...packedPanels(cout),
  };
  const tiles = rowTiles(positions);
  const perChunk = Math.min(tiles.count, tilesPerChunk(shape));
  const imageScratch = emitter.threadScratch(shape.paddedWords);
  const patchScratch = emitter.threadScratch(perChunk * (tiles.rows + 1) * k);

  emitter.phase(n, 2 * n * positions * k * cout, (f, begin, end, scratch) => {
    const image = f.let(i32.add(scratch, imageScratch));
    const patches = f.let(i32.add(scratch, patchScratch));
    f.for(begin, end, 1, (index) => {
      f.do(fillZero(image, 4 * shape.paddedWords));
      const a = i32.add(i32.mul(index, 4 * positions * cout), emitter.address(dy));
      f.for(0, tiles.count, perChunk, (tile) => {
        const tileEnd = f.let(atMost(i32.add(tile, perChunk), tiles.count));
        const from = f.let(firstRow(tiles, tile));
        const to = f.let(firstRow(tiles, tileEnd));
        const c = i32.sub(patches, i32.mul(from, 4 * k));
        emitProduct(f, emitter.module, product, {
          a,
          b: packed,
          c,
          tiles: [tile, tileEnd],
          panels: [0, panelCount(product)],
        });
        emitUnpatching(f, shape, { image, patches, from, to });
      });
      const start = f.let(i32.mul(index, h));
      const rows: [Index, Index] = [start, i32.add(start, h)];
      const interior = i32.add(image, interiorOffset(shape));
      const options = { width: w * cin, address: emitter.address(output) };
      forRectangle(f, { rows, columns: [0, w * cin] }, options, ({ row, column }) => {
        const skipped = i32.mul(i32.sub(row, start), paddedRowBytes(shape));
        return v128.load(i32.add(i32.add(interior, skipped), column));
      });
      const pixel = i32.mul(index, h * w);
      finishRectangle(f, emitter, step, {
        rows: [pixel, i32.add(pixel, h * w)],
        columns: [0, lastAxis(output.shape)],
      });
    });
  });
}

/** `df = Σ patches(x)ᵀ·dy` over the images, in fixed groups, then over the groups. */
export function patchFilterGradient(
  emitter: ProgramEmitter,
  { inputs: [x, dy], output }: Step,
  shape: Convolution,
): void {
  const { n, cout, k, positions } = shape;
  const groups = groupsOf(emitter, output, Math.min(GROUPS, n));
  const { count, address, bytes } = groups;
  const panels = unpackedPanels(cout, 2);
  const product: Product = {
    m: k,
    n: cout,
    k: positions,
    aRow: 4,
    aStep: 4 * k,
    cRow: 4 * cout,
    ...panels,
  };
  const chunks = Math.ceil(positions / Math.max(1, Math.floor(PATCH_WORDS / k)));
  const perChunk = Math.ceil(positions / chunks);
  const padded = paddingScratch(emitter, shape);
  const patchScratch = emitter.threadScratch(perChunk * k);

  emitter.phase(count, 2 * n * positions * k * cout, (f, begin, end, scratch) => {
    const patches = f.let(i32.add(scratch, patchScratch));
    const addImage = (index: Local<"i32">, c: Local<"i32">): void => {
      const image = stageImage(f, shape, { address: emitter.address(x), index, scratch, padded });
      f.for(0, positions, perChunk, (from) => {
        const to = f.let(atMost(i32.add(from, perChunk), positions));
        emitPatches(f, shape, { image, patches, from, to });
        const row = i32.add(i32.mul(index, positions), from);
        emitSlice(f, emitter.module, product, {
          a: patches,
          b: i32.add(i32.mul(row, 4 * cout), emitter.address(dy)),
          c,
          tiles: [0, rowTiles(k).count],
          panels: [0, panelCount(product)],
          accumulate: true,
          from: 0,
          depth: i32.sub(to, from),
        });
      });
    };
    f.for(begin, end, 1, (group) => {
      const c = f.let(i32.add(i32.mul(group, bytes), address));
      f.do(fillZero(c, bytes));
      const edge = (g: Index) => i32.div(i32.mul(g, n), count);
      f.for(edge(group), edge(i32.add(group, 1)), 1, (index) => addImage(index, c));
    });
  });

  sumGroups(emitter, output, groups);
}
