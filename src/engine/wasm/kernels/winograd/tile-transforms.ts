import type {
  FunctionBuilder,
  FunctionReference,
  Local,
} from "../../assembler/function-builder.js";
import type { ModuleBuilder } from "../../assembler/module-builder.js";
import { i32, type V128, v128 } from "../../assembler/opcodes.js";
import { storeLanes } from "../rectangle.js";
import { linearMap } from "./linear-map.js";
import { MAX_POINTS, type Matrix } from "./transforms.js";

/*
 * The two-dimensional transforms `down · x · acrossᵀ` of one tile, four channels at a time, between
 * an image and an array of points. Each is one-dimensional along one axis, put aside in scratch, then
 * along the other; a loop over rows and one over columns, so that a round's values fit the registers.
 */

/** How the pixels of a tile lie, and the points. Distances in bytes. */
export interface Layout {
  readonly pixelBytes: number;
  readonly rowBytes: number;
  /** From one point to the next; they follow row by row. */
  readonly pointBytes: number;
}

/** Part of a tile's side that lies in the image: from pixel `low` to before `high`. */
export interface Span {
  readonly low: number;
  readonly high: number;
}

export interface Spans {
  readonly rows: Span;
  readonly columns: Span;
}

/** The matrices applied down the columns of a tile and across its rows. */
export interface Matrices {
  readonly down: Matrix;
  readonly across: Matrix;
}

/** Words of scratch that a transform needs. */
export const SCRATCH_WORDS = MAX_POINTS * MAX_POINTS * 4;

/**
 * The function `(pixels, points, scratch)` that transforms the pixels of a tile within the spans, all
 * others taken as 0, to points. `pixels` is the address of the first pixel within.
 */
export function pixelsToPoints(
  module: ModuleBuilder,
  matrices: Matrices,
  { rows, columns, ...layout }: Layout & Spans,
): FunctionReference {
  const key = `to points ${JSON.stringify([matrices, rows, columns, layout])}`;
  return module.shared(key, 3, (f) => {
    const [pixels, points, scratch] = f.arguments;
    const { down, across } = matrices;
    const lineBytes = 16 * across.length;
    const line = f.let(scratch);
    f.for(rows.low, rows.high, 1, () => {
      const inputs = loads(f, across[0].length, columns, (x) =>
        v128.load(pixels, (x - columns.low) * layout.pixelBytes),
      );
      linearMap(f, across, inputs).forEach((point, j) => {
        f.do(v128.store(line, point, 16 * j));
      });
      f.set(pixels, i32.add(pixels, layout.rowBytes));
      f.set(line, i32.add(line, lineBytes));
    });
    f.for(0, across.length, 1, () => {
      const inputs = loads(f, down[0].length, rows, (y) =>
        v128.load(scratch, (y - rows.low) * lineBytes),
      );
      linearMap(f, down, inputs).forEach((point, i) => {
        f.do(v128.store(points, point, i * across.length * layout.pointBytes));
      });
      f.set(points, i32.add(points, layout.pointBytes));
      f.set(scratch, i32.add(scratch, 16));
    });
  });
}

function loads(
  f: FunctionBuilder,
  side: number,
  { low, high }: Span,
  load: (index: number) => V128,
): (Local<"v128"> | undefined)[] {
  return Array.from({ length: side }, (_, index) =>
    index >= low && index < high ? f.let(load(index)) : undefined,
  );
}

/**
 * The function `(points, pixels, scratch, column)` that transforms points to the pixels of a tile, of
 * which those within the spans are stored, `lanes` channels each.
 */
export function pointsToPixels(
  module: ModuleBuilder,
  { down, across }: Matrices,
  options: Layout &
    Spans & {
      readonly lanes: number;
      readonly finish: (f: FunctionBuilder, value: V128, place: PixelPlace) => V128;
    },
): FunctionReference {
  const { rows, columns, lanes, finish, pixelBytes, rowBytes, pointBytes } = options;
  return module.function(4, (f) => {
    const [points, pixels, scratch, column] = f.arguments;
    const [height, width] = [down[0].length, across[0].length];
    const lineBytes = 16 * width;
    const line = f.let(scratch);
    f.for(0, width, 1, () => {
      const inputs = loads(f, height, { low: 0, high: height }, (i) =>
        v128.load(points, i * width * pointBytes),
      );
      linearMap(f, down.slice(rows.low, rows.high), inputs).forEach((value, y) => {
        f.do(v128.store(line, value, y * lineBytes));
      });
      f.set(points, i32.add(points, pointBytes));
      f.set(line, i32.add(line, 16));
    });
    f.for(rows.low, rows.high, 1, () => {
      const inputs = loads(f, width, { low: 0, high: width }, (j) => v128.load(scratch, 16 * j));
      linearMap(f, across.slice(columns.low, columns.high), inputs).forEach((value, x) => {
        const offset = x * pixelBytes;
        const result = f.let(finish(f, value, { pixels, offset, column }));
        f.do(...storeLanes(pixels, result, lanes, offset));
      });
      f.set(pixels, i32.add(pixels, rowBytes));
      f.set(scratch, i32.add(scratch, lineBytes));
    });
  });
}

/** Where a finished vector goes: `offset` bytes after address `pixels`; `column` as in a `Place`. */
export interface PixelPlace {
  readonly pixels: Local<"i32">;
  readonly offset: number;
  readonly column: Local<"i32">;
}
