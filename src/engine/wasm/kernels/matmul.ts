import type { Step } from "../../plan.js";
import type { FunctionBuilder, Local } from "../assembler/function-builder.js";
import { type I32, i32 } from "../assembler/opcodes.js";
import type { ProgramEmitter } from "../program-emitter.js";
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
import { updateLine } from "./optimizers.js";
import { packPhase } from "./packing.js";
import { atMost, finishRectangle, forWidths, type Rectangle } from "./rectangle.js";
import { sparseProduct } from "./sparse/product.js";

/** Floating-point operations that make a unit of work worth its calls, some 4 µs. */
const UNIT_WORK = 200_000;
const MAX_UNITS = 32;
/** Row tiles of a unit at most: with the depth of a product, their part of a fits the second cache. */
const MAX_TILES = 24;
/** Units that work worth as many is cut into at least. */
const LEAST_UNITS = 4;
/** Columns of a unit of a product with inputs. */
const SHARED_COLUMNS = 32;
/** Panels of a unit at most where the product is kept as short as it takes to update what follows from it. */
const UPDATE_PANELS = 4;

/** `c = a·b`, cut into rectangles of row tiles by panels. */
export const matmul: Kernel = (emitter, step) => {
  const [a, b] = step.inputs;
  const { transposeA, transposeB } = step.attributes as Record<string, boolean>;
  const [m, n] = step.output.shape;
  const k = a.shape[transposeA ? 0 : 1];
  const tiles = rowTiles(m);
  const sparse = sparseProduct(emitter, step);
  // With a single row of tiles, packing would cost as much as it saves.
  const direct = tiles.count === 1 && !transposeB;
  const right = { slot: b, k, n, transposed: transposeB };
  const panels = direct ? unpackedPanels(n, sparse && m > 2 ? 2 : widest(m)) : packedPanels(k);
  const bAddress = direct ? emitter.address(b) : packPhase(emitter, right, sparse?.otherwise);
  const factors = {
    m,
    n,
    k,
    ...(transposeA ? { aRow: 4, aStep: 4 * m } : { aRow: 4 * k, aStep: 4 }),
    ...panels,
  };

  const work = 2 * m * n * k;
  const units = Math.min(MAX_UNITS, Math.ceil(work / UNIT_WORK));
  const across = panelCount(factors);
  const width = 4 * panels.vectors;
  // Few columns are cut by rows, so that there is something to share.
  const wholes = Math.ceil(LEAST_UNITS / Math.ceil((across * width) / SHARED_COLUMNS));
  const cuts = Math.max(Math.ceil(tiles.count / MAX_TILES), Math.min(units, wholes));
  const tilesPerUnit = Math.ceil(tiles.count / Math.min(tiles.count, cuts));
  const down = Math.ceil(tiles.count / tilesPerUnit);
  const evenly = Math.ceil(across / Math.min(across, Math.ceil(units / down)));
  const panelsPerUnit = sparse
    ? Math.min(across, SHARED_COLUMNS / width)
    : step.update
      ? Math.min(evenly, UPDATE_PANELS)
      : evenly;
  const block = panelsPerUnit * width;
  const place = placeOf(emitter, step, { tileRows: (tiles.rows + 1) * tilesPerUnit, block });
  const product: Product = { ...factors, cRow: place.rowBytes };

  emitter.phase(down * Math.ceil(across / panelsPerUnit), work, (f, begin, end, scratch) => {
    const forUnits = (compute: (f: FunctionBuilder, unit: Unit) => void): void => {
      f.for(begin, end, 1, (unit) => {
        const tile = f.let(i32.mul(i32.rem(unit, down), tilesPerUnit));
        const tileEnd = f.let(atMost(i32.add(tile, tilesPerUnit), tiles.count));
        const panel = f.let(i32.mul(i32.div(unit, down), panelsPerUnit));
        const panelEnd = f.let(atMost(i32.add(panel, panelsPerUnit), across));
        const rectangle: Rectangle = {
          rows: [f.let(firstRow(tiles, tile)), f.let(firstRow(tiles, tileEnd))],
          columns: [f.let(i32.mul(panel, width)), f.let(atMost(i32.mul(panelEnd, width), n))],
        };
        compute(f, { rectangle, tiles: [tile, tileEnd], panels: [panel, panelEnd] });
      });
    };
    const dense = (): void =>
      forUnits((_f, { rectangle, ...part }) => {
        const c = place.start(f, rectangle, scratch);
        emitProduct(f, emitter.module, product, { a: emitter.address(a), b: bAddress, c, ...part });
        place.finish(f, rectangle, scratch);
      });
    if (sparse === undefined) dense();
    else {
      sparse.choose(
        f,
        () => forUnits((_f, { rectangle }) => sparse.compute(f, rectangle, scratch)),
        dense,
      );
    }
  });
};

interface Unit {
  readonly rectangle: Rectangle;
  readonly tiles: readonly [I32, I32];
  readonly panels: readonly [I32, I32];
}

/** Where a unit's part of the product goes, and what becomes of it. */
interface ProductPlace {
  readonly rowBytes: number;
  /** Address that the product's first element would have. */
  start(f: FunctionBuilder, rectangle: Rectangle, scratch: Local<"i32">): I32;
  finish(f: FunctionBuilder, rectangle: Rectangle, scratch: Local<"i32">): void;
}

function placeOf(
  emitter: ProgramEmitter,
  step: Step,
  { tileRows, block }: { tileRows: number; block: number },
): ProductPlace {
  const { update, output } = step;
  if (update === undefined) {
    return {
      rowBytes: 4 * output.shape[1],
      start: () => i32.const(emitter.address(output)),
      finish: (f, rectangle) => finishRectangle(f, emitter, step, rectangle),
    };
  }
  const rowBytes = 4 * block;
  const n = output.shape[1];
  const part = emitter.threadScratch(tileRows * block);
  return {
    rowBytes,
    start: (f, { rows, columns }, scratch) =>
      f.let(
        i32.sub(
          i32.sub(i32.add(scratch, part), i32.mul(rows[0], rowBytes)),
          i32.shl(columns[0], 2),
        ),
      ),
    finish: (f, rectangle, scratch) => {
      const gradient = f.let(i32.add(scratch, part));
      forWidths(f, rectangle, { n, block }, (columns) =>
        f.for(rectangle.rows[0], rectangle.rows[1], 1, (row) => {
          const element = i32.add(i32.mul(row, 4 * n), i32.shl(rectangle.columns[0], 2));
          f.call(updateLine(emitter, update, columns), element, gradient);
          f.set(gradient, i32.add(gradient, rowBytes));
        }),
      );
    },
  };
}

/** Vectors side by side that, with m rows of them and what they are made from, fit the registers. */
function widest(m: number): number {
  if (m <= 2) return 4;
  return m === 3 ? 3 : 2;
}
