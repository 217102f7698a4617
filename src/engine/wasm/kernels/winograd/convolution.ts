import type { Step } from "../../../plan.js";
import { i32 } from "../../assembler/opcodes.js";
import type { ProgramEmitter } from "../../program-emitter.js";
import type { Convolution } from "../patches.js";
import { applyEpilogue, atMost } from "../rectangle.js";
import { filteredTiles } from "./filtered-tiles.js";
import { padded, perChunk } from "./points.js";
import { inputTiling, outputTiling } from "./tiling.js";
import type { TileTransforms } from "./transforms.js";

/** `y = Aᵀ·((G·f·Gᵀ) ⊙ (Bᵀ·x·B))·A` for each tile, the products of each point summed over channels. */
export function winogradConvolution(
  emitter: ProgramEmitter,
  { inputs: [x, slot], output, epilogue }: Step,
  shape: Convolution,
  tiles: TileTransforms,
): void {
  const { n, cin, cout, kh, kw } = shape;
  const { down, across } = tiles;
  const filter = { slot, taps: kh * kw, k: cin, n: cout };
  const [inputs, outputs] = [inputTiling(shape, tiles), outputTiling(shape, tiles)];
  const total = n * inputs.down * inputs.across;
  const count = down.points * across.points;
  const channels = padded(cin) + padded(cout);
  const chunk = perChunk(total, 1, { points: count, channels });
  const filtered = filteredTiles(emitter, tiles, filter, { transposed: false, chunk });
  const target = emitter.address(output);

  const work = 2 * total * count * cin * cout;
  emitter.phase(Math.ceil(total / chunk), work, (f, firstUnit, lastUnit, scratch) => {
    const run = filtered(f, scratch);
    f.for(firstUnit, lastUnit, 1, (unit) => {
      const begin = f.let(i32.mul(unit, chunk));
      const end = f.let(atMost(i32.add(begin, chunk), total));
      run(f, {
        begin,
        end,
        from: {
          tiling: inputs,
          matrices: { down: down.bT, across: across.bT },
          images: emitter.address(x),
        },
        to: {
          tiling: outputs,
          matrices: { down: down.aT, across: across.aT },
          images: target,
          finish: (f, value, { pixels, offset, column }) => {
            if (epilogue.length === 0) return value;
            const element = f.let(i32.add(pixels, offset - target));
            return applyEpilogue(f, emitter, {
              epilogue,
              value,
              place: { element, column, row: 0 },
            });
          },
        },
      });
    });
  });
}
