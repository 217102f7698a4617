import { i32 } from "../assembler/opcodes.js";
import {
  emitProduct,
  firstRow,
  type Product,
  packedPanels,
  panelCount,
  rowTiles,
  unpackedPanels,
} from "./gemm.js";
import type { Kernel } from "./kernel.js";
import { packPhase } from "./packing.js";
import { atMost, finishRectangle } from "./rectangle.js";

/** Floating-point operations that make a unit of work worth its calls, some 4 µs. */
const UNIT_WORK = 200_000;
const MAX_UNITS = 32;
/** Row tiles of a unit at most: with the depth of a product, their part of a fits the second cache. */
const MAX_TILES = 24;

/** `c = a·b`, cut into rectangles of row tiles by panels. */
export const matmul: Kernel = (emitter, step) => {
  const [a, b] = step.inputs;
  const { transposeA, transposeB } = step.attributes as Record<string, boolean>;
  const [m, n] = step.output.shape;
  const k = a.shape[transposeA ? 0 : 1];
  const tiles = rowTiles(m);
  // With a single row of tiles, packing would cost as much as it saves.
  const direct = tiles.count === 1 && !transposeB;
  const right = { slot: b, k, n, transposed: transposeB };
  const panels = direct ? unpackedPanels(n, widest(m)) : packedPanels(k);
  const bAddress = direct ? emitter.address(b) : packPhase(emitter, right);
  const product: Product = {
    m,
    n,
    k,
    cRow: 4 * n,
    ...(transposeA ? { aRow: 4, aStep: 4 * m } : { aRow: 4 * k, aStep: 4 }),
    ...panels,
  };

  const work = 2 * m * n * k;
  const units = Math.min(MAX_UNITS, Math.ceil(work / UNIT_WORK));
  const across = panelCount(product);
  const tilesPerUnit = Math.ceil(tiles.count / Math.ceil(tiles.count / MAX_TILES));
  const down = Math.ceil(tiles.count / tilesPerUnit);
  const panelsPerUnit = Math.ceil(across / Math.min(across, Math.ceil(units / down)));
  const width = 4 * panels.vectors;
  emitter.phase(down * Math.ceil(across / panelsPerUnit), work, (f, begin, end) => {
    f.for(begin, end, 1, (unit) => {
      const tile = f.let(i32.mul(i32.rem(unit, down), tilesPerUnit));
      const tileEnd = f.let(atMost(i32.add(tile, tilesPerUnit), tiles.count));
      const panel = f.let(i32.mul(i32.div(unit, down), panelsPerUnit));
      const panelEnd = f.let(atMost(i32.add(panel, panelsPerUnit), across));
      emitProduct(f, emitter.module, product, {
        a: emitter.address(a),
        b: bAddress,
        c: emitter.address(step.output),
        tiles: [tile, tileEnd],
        panels: [panel, panelEnd],
      });
      finishRectangle(f, emitter, step, {
        rows: [firstRow(tiles, tile), firstRow(tiles, tileEnd)],
        columns: [i32.mul(panel, width), atMost(i32.mul(panelEnd, width), n)],
      });
    });
  });
};

/** Vectors side by side that, with m rows of them and what they are made from, fit the registers. */
function widest(m: number): number {
  if (m <= 2) return 4;
  return m === 3 ? 3 : 2;
}
