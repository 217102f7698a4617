import type { Step } from "../../../plan.js";
import type { Local } from "../../assembler/function-builder.js";
import { type Index, i32 } from "../../assembler/opcodes.js";
import type { ProgramEmitter } from "../../program-emitter.js";
import { unpackedPanels } from "../gemm.js";
import { groupsOf, sumGroups } from "../groups.js";
import type { Convolution } from "../patches.js";
import { atMost } from "../rectangle.js";
import { emitPointProducts, emitPoints, padded, pointBytes } from "./points.js";
import { pointsToPixels, SCRATCH_WORDS } from "./tile-transforms.js";
import { inputTiling, outputTiling } from "./tiling.js";
import type { TileTransforms } from "./transforms.js";

/** Sums over tiles are those of up to so many groups, added in order. */
const GROUPS = 8;
/** Tiles of a group where there are more than two: each transforms its sums back, which costs as six tiles. */
const GROUP_TILES = 32;
/** Tiles at a time: the sums are read and written once for them. */
const LEAST_TILES = 16;
const MOST_TILES = 32;
/** Words of points of more than the least tiles. */
const POINT_WORDS = 163_840;

/**
 * `df = Gᵀ·(Σ (Bᵀ·x·B) ⊙ (A·dy·Aᵀ))·G`, the sum over the tiles of a group, then over the groups.
 */
export function winogradFilterGradient(
  emitter: ProgramEmitter,
  { inputs: [x, dy], output }: Step,
  shape: Convolution,
  tiles: TileTransforms,
): void {
  const { n, kh, kw, cin, cout } = shape;
  const { down, across } = tiles;
  const [inputs, outputs] = [inputTiling(shape, tiles), outputTiling(shape, tiles)];
  const total = n * inputs.down * inputs.across;
  const count = down.points * across.points;
  const groupCount = filterGroups(total);
  const fitting = Math.floor(POINT_WORDS / (count * (padded(cin) + padded(cout))));
  const chunk = Math.min(
    Math.ceil(total / groupCount),
    Math.min(MOST_TILES, Math.max(LEAST_TILES, fitting)),
  );
  const groups = groupsOf(emitter, output, groupCount);

  const bytes = {
    a: pointBytes(chunk, cin),
    b: pointBytes(chunk, cout),
    c: pointBytes(cin, cout),
  };
  const leftScratch = emitter.threadScratch((count * bytes.a) / 4);
  const rightScratch = emitter.threadScratch((count * bytes.b) / 4);
  const sumScratch = emitter.threadScratch((count * bytes.c) / 4);
  const tileScratch = emitter.threadScratch(SCRATCH_WORDS);
  const columns = { m: cin, n: cout, k: chunk, aRow: 4, aStep: 4 * padded(cin) };
  const product = { ...columns, cRow: 4 * padded(cout), ...unpackedPanels(padded(cout), 2) };
  const gT = { down: down.gT, across: across.gT };
  const back = (lanes: number) =>
    pointsToPixels(emitter.module, gT, {
      pixelBytes: 4 * cin * cout,
      rowBytes: 4 * cin * cout * kw,
      pointBytes: bytes.c,
      rows: { low: 0, high: kh },
      columns: { low: 0, high: kw },
      lanes,
      finish: (_f, value) => value,
    });
  const backFour = back(4);
  const backRest = cout % 4 === 0 ? undefined : back(cout % 4);

  emitter.phase(groupCount, 2 * total * count * cin * cout, (f, firstGroup, lastGroup, scratch) => {
    const v = f.let(i32.add(scratch, leftScratch));
    const d = f.let(i32.add(scratch, rightScratch));
    const u = f.let(i32.add(scratch, sumScratch));
    const own = f.let(i32.add(scratch, tileScratch));
    const edge = (group: Index) => i32.div(i32.mul(group, total), groupCount);
    const addTiles = (begin: Local<"i32">, last: Local<"i32">, accumulate: boolean): void => {
      const end = f.let(atMost(i32.add(begin, chunk), last));
      const range = { begin, end, scratch: own };
      emitPoints(f, emitter, inputs, {
        ...range,
        matrices: { down: down.bT, across: across.bT },
        images: emitter.address(x),
        points: v,
        pointBytes: bytes.a,
      });
      emitPoints(f, emitter, outputs, {
        ...range,
        matrices: { down: down.a, across: across.a },
        images: emitter.address(dy),
        points: d,
        pointBytes: bytes.b,
      });
      const depth = f.let(i32.sub(end, begin));
      const factors = { count, a: v, b: d, c: u, bytes, depth, accumulate };
      emitPointProducts(f, emitter, product, factors);
    };
    f.for(firstGroup, lastGroup, 1, (group) => {
      const first = f.let(edge(group));
      const last = f.let(edge(i32.add(group, 1)));
      addTiles(first, last, false);
      f.for(i32.add(first, chunk), last, chunk, (begin) => addTiles(begin, last, true));
      const part = f.let(i32.add(i32.mul(group, groups.bytes), groups.address));
      f.for(0, cin, 1, (i) => {
        const from = f.let(i32.add(i32.mul(i, 4 * padded(cout)), u));
        const to = f.let(i32.add(i32.mul(i, 4 * cout), part));
        const rest = 4 * (cout - (cout % 4));
        f.for(0, rest, 16, (o) => f.call(backFour, i32.add(from, o), i32.add(to, o), own, o));
        if (backRest) f.call(backRest, i32.add(from, rest), i32.add(to, rest), own, rest);
      });
    });
  });
  sumGroups(emitter, output, groups);
}

/** Groups of tiles: a power of two, so that threads have equal shares. */
export function filterGroups(tiles: number): number {
  let groups = Math.min(tiles, 2);
  while (2 * groups <= GROUPS && tiles >= 2 * groups * GROUP_TILES) groups *= 2;
  return groups;
}
