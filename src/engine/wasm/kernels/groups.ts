import type { Slot } from "../../plan.js";
import { f32x4, v128 } from "../assembler/opcodes.js";
import type { ProgramEmitter } from "../program-emitter.js";
import { flatPhase } from "./rectangle.js";

/**
 * Parts of one sum, each that of a fixed group of terms: groups are shared among the threads, and the
 * order of adding does not depend on how.
 */
export interface Groups {
  readonly count: number;
  /** Where the first group leaves its part, and from one to the next. */
  readonly address: number;
  readonly bytes: number;
}

/** Takes scratch for the parts that groups make of an array. */
export function groupsOf(emitter: ProgramEmitter, { size }: Slot, count: number): Groups {
  const bytes = 64 * Math.ceil(size / 16);
  return { count, address: emitter.sharedScratch((count * bytes) / 4), bytes };
}

/** Adds a phase that adds the parts of all groups, in order. */
export function sumGroups(emitter: ProgramEmitter, output: Slot, groups: Groups): void {
  const { count, address, bytes } = groups;
  flatPhase(emitter, output, (f, element) => {
    const sum = f.let(v128.load(element, address));
    for (let group = 1; group < count; group++) {
      f.set(sum, f32x4.add(sum, v128.load(element, address + group * bytes)));
    }
    return [v128.store(element, sum, emitter.address(output))];
  });
}
