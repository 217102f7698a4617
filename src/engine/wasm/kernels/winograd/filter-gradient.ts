import type { Step } from "../../../plan.js";
import { fillZero, type Index, i32 } from "../../assembler/opcodes.js";
import type { ProgramEmitter } from "../../program-emitter.js";
import { emitSlice, type Product, panelCount, rowTiles, unpackedPanels } from "../gemm.js";
import { groupsOf, sumGroups } from "../groups.js";
import type { Convolution } from "../patches.js";
import { atMost } from "../rectangle.js";
import { emitPoints, MAX_TILES, padded, pointBytes } from "./points.js";
import { pointsToPixels, SCRATCH_WORDS } from "./tile-transforms.js";
import { inputTiling, outputTiling, TILE } from "./tiling.js";
import { transformsOf } from "./transforms.js";

/** Sums over tiles are those of up to so many groups, added in order. */
const GROUPS = 8;
/** Tiles of a group at least: each group transforms its sums back, which costs as much as a few tiles. */
const GROUP_TILES = 32;

/**
 * `df = Gᵀ·(Σ (Bᵀ·x·B) ⊙ (A·dy·Aᵀ))·G`, the sum over the tiles of a group, then over the groups.
 */
export function winogradFilterGradient(
  emitter: ProgramEmitter,
  { inputs: [x, dy], output }: Step,
  shape: Convolution,
): void {
  const { n, kh, kw, cin, cout } = shape;
  const { points, a, bT, gT } = transformsOf(TILE, kh);
  const [inputs, outputs] = [inputTiling(shape), outputTiling(shape)];
  const total = n * inputs.down * inputs.across;
  // Not fewer where there are many channels: the sums are read and written once a chunk.
  const chunk = Math.min(total, MAX_TILES);
  const count = Math.min(GROUPS, Math.ceil(total / GROUP_TILES));
  const groups = groupsOf(emitter, output, count);

  const [left, right, sums] = [
    pointBytes(chunk, cin),
    pointBytes(chunk, cout),
    pointBytes(cin, cout),
  ];
  const squared = points * points;
  const leftScratch = emitter.threadScratch((squared * left) / 4);
  const rightScratch = emitter.threadScratch((squared * right) / 4);
  const sumScratch = emitter.threadScratch((squared * sums) / 4);
  const tileScratch = emitter.threadScratch(SCRATCH_WORDS);
  const product: Product = {
    m: cin,
    n: cout,
    k: chunk,
    aRow: 4,
    aStep: 4 * padded(cin),
    cRow: 4 * padded(cout),
    ...unpackedPanels(padded(cout), 2),
  };
  const whole = { low: 0, high: kh };
  const back = (lanes: number) =>
    pointsToPixels(emitter.module, gT, {
      pixelBytes: 4 * cin * cout,
      rowBytes: 4 * cin * cout * kw,
      pointBytes: sums,
      rows: whole,
      columns: whole,
      lanes,
      finish: (_f, value) => value,
    });
  const backFour = back(4);
  const backRest = cout % 4 === 0 ? undefined : back(cout % 4);

  emitter.phase(count, 2 * total * squared * cin * cout, (f, firstGroup, lastGroup, scratch) => {
    const v = f.let(i32.add(scratch, leftScratch));
    const d = f.let(i32.add(scratch, rightScratch));
    const u = f.let(i32.add(scratch, sumScratch));
    const own = f.let(i32.add(scratch, tileScratch));
    const edge = (group: Index) => i32.div(i32.mul(group, total), count);
    f.for(firstGroup, lastGroup, 1, (group) => {
      f.do(fillZero(u, squared * sums));
      const last = f.let(edge(i32.add(group, 1)));
      f.for(edge(group), last, chunk, (begin) => {
        const end = f.let(atMost(i32.add(begin, chunk), last));
        const range = { scratch: own, begin, end };
        emitPoints(f, emitter, inputs, {
          matrix: bT,
          images: x,
          points: v,
          pointBytes: left,
          ...range,
        });
        emitPoints(f, emitter, outputs, {
          matrix: a,
          images: dy,
          points: d,
          pointBytes: right,
          ...range,
        });
        const [pointV, pointD, pointU] = [f.let(v), f.let(d), f.let(u)];
        const depth = f.let(i32.sub(end, begin));
        f.for(0, squared, 1, () => {
          emitSlice(f, emitter.module, product, {
            a: pointV,
            b: pointD,
            c: pointU,
            tiles: [0, rowTiles(cin).count],
            panels: [0, panelCount(product)],
            accumulate: true,
            from: 0,
            depth,
          });
          f.set(pointV, i32.add(pointV, left));
          f.set(pointD, i32.add(pointD, right));
          f.set(pointU, i32.add(pointU, sums));
        });
      });
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
