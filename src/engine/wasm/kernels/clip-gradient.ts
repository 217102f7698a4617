import { lastAxis } from "../../shape.js";
import { f32, f32x4, v128 } from "../assembler/opcodes.js";
import { columnSumPhases } from "./column-sums.js";
import type { Kernel } from "./kernel.js";
import { mapPhase } from "./rectangle.js";
import { sumRow } from "./rows.js";

/** Down the columns first, in groups that threads share, then over the columns. */
export const squaredSum: Kernel = (emitter, { inputs: [x], output }) => {
  const width = lastAxis(x.shape);
  const sums = emitter.sharedScratch(width);
  columnSumPhases(emitter, {
    like: x,
    term(f, { element }) {
      const value = f.let(v128.load(element, emitter.address(x)));
      return f32x4.mul(value, value);
    },
    finish: (_f, sum) => sum,
    to: sums,
  });
  emitter.phase(1, width, (f) => {
    const total = sumRow(f, width, ({ offset }) => v128.load(offset, sums));
    f.do(f32.store(emitter.address(output), f32x4.lane(total, 0)));
  });
};

export const scaleBy: Kernel = (emitter, step) => {
  const [x, s] = step.inputs.map((slot) => emitter.address(slot));
  mapPhase(emitter, step, false, (_f, { element }) =>
    f32x4.mul(v128.load(element, x), f32x4.loadSplat(s)),
  );
};
