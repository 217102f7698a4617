import type { Plan, Slot } from "./plan.js";

/** The memory of a slot; writing to it writes to the program. Float64 in the reference backend. */
export type SlotView = Float32Array | Int32Array | Float64Array;

/** A plan made runnable. */
export interface Program {
  readonly plan: Plan;
  /** The live memory of a slot. */
  view(slot: Slot): SlotView;
  /** The same of an array of bytes. */
  bytes(slot: Slot): Uint8Array;
  /**
   * Works out what follows from states that the plan does not update, such as transformed weights.
   * To be called when states were written, before the next {@link run}.
   */
  prepare(): void;
  /** Runs every step of the plan once. Allocates nothing. */
  run(): void;
  /**
   * A run, and on the calling thread `work` beside it: the program's other threads begin, and this one
   * joins them when `work` returns or throws. `work` must not touch the program's memory.
   */
  runBeside(work: () => void): void;
  /**
   * Ends the program's threads and lets go of its memory, of which only views given out before
   * remain. From then on {@link run} and {@link view} throw a `TypeError`.
   */
  close(): void;
}

/** Turns plans into programs. */
export interface Backend {
  readonly name: "reference" | "wasm";
  /** One line for logs: variant, threads. Known for sure once a plan is loaded. */
  readonly description: string;
  load(plan: Plan): Promise<Program>;
}
