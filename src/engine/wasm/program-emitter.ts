import { DeviceError } from "../../base/index.js";
import type { Plan, Slot, Step } from "../plan.js";
import type { FunctionBuilder, Local } from "./assembler/function-builder.js";
import { ModuleBuilder } from "./assembler/module-builder.js";
import { exportAlone, exportTogether, type Phase } from "./phases.js";
import { CONTROL_BYTES, phaseBytes } from "./threads.js";

/** Bytes after the last array that vector loads and stores may run over into. */
const GUARD = 256;
const PAGE = 65_536;
/** 2 GiB: addresses are compared as signed numbers. */
const MAX_PAGES = 32_768;

/**
 * Writes the body of a phase: the units from `begin` to before `end`. `scratch` is the address of
 * memory that no other thread touches, of which {@link ProgramEmitter.threadScratch} gives parts.
 */
export type PhaseBody = (
  f: FunctionBuilder,
  begin: Local<"i32">,
  end: Local<"i32">,
  scratch: Local<"i32">,
) => void;

export interface EmitterOptions {
  readonly threads: number;
  /** Whether multiply-add may round once. */
  readonly fused: boolean;
  /** Work from which on a phase is shared among the threads. */
  readonly shareFrom: number;
}

/** What becomes of a plan: a module, and the memory to run it in. */
export interface EmittedProgram {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly pages: number;
  /** Address of word 0 of the plan's memory. */
  readonly base: number;
}

/**
 * Gathers the kernels of a plan into one module.
 *
 * A kernel adds one or more *phases*. A phase is a number of units of work, fixed by the plan and
 * shared out among however many threads there are; a unit computes its results entirely and
 * in an order of its own, so the number of threads changes no bit. Threads meet between phases.
 *
 * Memory: what threads tell each other, the plan's arrays, scratch for all, scratch of each thread,
 * what is done of each phase, guard.
 */
export class ProgramEmitter {
  readonly module: ModuleBuilder;
  readonly plan: Plan;
  readonly #threads: number;
  readonly #shareFrom: number;
  readonly #base: number;
  readonly #sharedBase: number;
  /** Offsets of the states that no step updates. */
  readonly #constants: ReadonlySet<number>;
  /** Offsets of what is written before each step, by the caller or at its beginning. */
  readonly #inputs: ReadonlySet<number>;
  /** What {@link once} has added, by its key. */
  readonly #known = new Map<string, unknown>();
  readonly #phases: Phase[] = [];
  readonly #preparations: Phase[] = [];
  #preparing = false;
  /** The updates being gathered: their number, where their phases begin, what they update and read. */
  #group = 0;
  #groups = 0;
  #groupStart = 0;
  #stepStart = 0;
  #isUpdating = false;
  readonly #updated = new Set<number>();
  readonly #read = new Set<number>();
  /** Shared scratch: where what is kept for good ends, what is given away in this step, the most ever. */
  #sharedKept = 0;
  #shared = 0;
  #sharedMost = 0;
  #thread = 0;
  #threadMost = 0;

  constructor(plan: Plan, { threads, fused, shareFrom }: EmitterOptions) {
    this.module = new ModuleBuilder(fused);
    this.plan = plan;
    this.#threads = threads;
    this.#shareFrom = shareFrom;
    this.#base = CONTROL_BYTES;
    this.#sharedBase = this.#base + 4 * plan.words + GUARD;
    this.#constants = constantsOf(plan);
    this.#inputs = inputsOf(plan);
  }

  /** A number for phases that threads may do without meeting in between. */
  newGroup(): number {
    this.#groups += 1;
    return this.#groups;
  }

  /** Byte address of an array. */
  address({ offset }: Slot): number {
    return this.#base + 4 * offset;
  }

  /**
   * Lets go of the scratch of the step before; unless both are updates that need nothing of each other,
   * which are run without a meeting in between.
   */
  startStep(step: Step): void {
    this.#endStep();
    this.#thread = 0;
    const updated = updatedBy(step);
    const isOptimizer = step.update !== undefined || step.operation.updatesFrom !== undefined;
    const read = [...step.inputs, ...(step.update?.operands ?? [])];
    const joins =
      this.#isUpdating &&
      isOptimizer &&
      !read.some((slot) => slot !== undefined && this.#updated.has(slot.offset)) &&
      !updated.some(({ offset }) => this.#read.has(offset));
    if (!joins) {
      this.#shared = this.#sharedKept;
      this.#updated.clear();
      this.#read.clear();
      this.#group = this.newGroup();
      this.#groupStart = this.#phases.length;
    }
    this.#isUpdating = isOptimizer;
    this.#stepStart = this.#phases.length;
    for (const { offset } of updated) this.#updated.add(offset);
    for (const slot of read) if (slot !== undefined) this.#read.add(slot.offset);
  }

  /** Of an update all phases but the last only make things ready; they come before the group. */
  #endStep(): void {
    if (!this.#isUpdating) return;
    const own = this.#phases.splice(this.#stepStart);
    const last = own.pop();
    this.#phases.splice(this.#groupStart, 0, ...own);
    this.#groupStart += own.length;
    if (last !== undefined) this.#phases.push({ ...last, group: this.#group });
  }

  /**
   * Adds what `add` adds, phases that read nothing but `source`: where that is a state that no step
   * updates they run in `prepare`, outside the steps, and the shared scratch they take is kept.
   */
  prepared<T>(source: Slot, add: () => T): T {
    return this.#preparing || !this.isConstant(source) ? add() : this.preparation(add);
  }

  /** Adds what `add` adds, phases that read nothing but states, to run when states were written. */
  preparation<T>(add: () => T): T {
    this.#preparing = true;
    const result = this.#keeping(add);
    this.#preparing = false;
    return result;
  }

  /** What `add` returned under this key before, or else now; the shared scratch it takes is kept. */
  once<T>(key: string, add: () => T): T {
    if (!this.#known.has(key)) this.#known.set(key, this.#keeping(add));
    return this.#known.get(key) as T;
  }

  #keeping<T>(add: () => T): T {
    // Beyond all that any step before overwrites.
    this.#shared = this.#sharedMost;
    const result = add();
    this.#sharedKept = this.#shared;
    return result;
  }

  /** Whether the array is a state that no step updates. */
  isConstant({ offset }: Slot): boolean {
    return this.#constants.has(offset);
  }

  /** Whether the array is written before each step, or in it before anybody reads it. */
  isInput({ offset }: Slot): boolean {
    return this.#inputs.has(offset);
  }

  /** Address of memory for the rest of the step, the same for all threads. */
  sharedScratch(words: number): number {
    const address = this.#sharedBase + this.#shared;
    this.#shared += bytesOf(words);
    this.#sharedMost = Math.max(this.#sharedMost, this.#shared);
    return address;
  }

  /** Like {@link sharedScratch}, but each thread has its own; to be added to `scratch`. */
  threadScratch(words: number): number {
    const offset = this.#thread;
    this.#thread += bytesOf(words);
    this.#threadMost = Math.max(this.#threadMost, this.#thread);
    return offset;
  }

  /**
   * Adds a phase after those before it.
   *
   * @param work - about how many numbers are computed in all; little work stays on one thread
   * @param group - {@link newGroup}, for neighbours that need nothing of each other
   */
  phase(units: number, work: number, body: PhaseBody, group = 0): void {
    const run = this.module.function(3, (f) => {
      const [begin, end, scratch] = f.arguments;
      body(f, begin, end, scratch);
    });
    const phases = this.#preparing ? this.#preparations : this.#phases;
    phases.push({ units, shared: units > 1 && work >= this.#shareFrom, run, group });
  }

  finish(): EmittedProgram {
    this.#endStep();
    const threadBytes = this.#threadMost;
    const scratch = this.#sharedBase + this.#sharedMost;
    const controls = this.#phases.length * phaseBytes(this.#threads);
    const bytes = scratch + this.#threads * threadBytes + controls + GUARD;
    const pages = Math.ceil(bytes / PAGE);
    if (pages > MAX_PAGES) {
      throw new DeviceError(
        `wasm: a program must fit 2 GiB, got ${(bytes / 2 ** 30).toFixed(1)} GiB; use a smaller batch`,
      );
    }
    exportAlone(this.module, "prepare", { phases: this.#preparations, scratch });
    const run = { phases: this.#phases, threads: this.#threads, scratch, threadBytes };
    if (this.#threads === 1) exportAlone(this.module, "run", run);
    else exportTogether(this.module, run);
    const module = this.module.encode({ pages, shared: this.#threads > 1 });
    return { bytes: module, pages, base: this.#base };
  }
}

function constantsOf({ states, steps }: Plan): Set<number> {
  const constants = new Set([...states.values()].map(({ offset }) => offset));
  for (const { offset } of steps.flatMap(updatedBy)) constants.delete(offset);
  return constants;
}

/** Offsets of the inputs that nobody changes once they have been read. */
function inputsOf({ inputs, steps }: Plan): Set<number> {
  const steady = new Set([...inputs.values()].map(({ offset }) => offset));
  const read = new Set<number>();
  for (const step of steps) {
    const updated = new Set(updatedBy(step).map(({ offset }) => offset));
    for (const offset of updated) if (read.has(offset)) steady.delete(offset);
    for (const { offset } of step.inputs) if (!updated.has(offset)) read.add(offset);
  }
  return steady;
}

/** The arrays that a step updates in place. */
function updatedBy({ operation, inputs, update }: Step): Slot[] {
  const own = (operation.updates ?? []).map((index) => inputs[index]);
  const joined = (update?.operation.updates ?? []).map((index) => update?.operands[index] as Slot);
  return [...own, ...joined];
}

/** Rounded up to cache lines, with room for a vector that runs over. */
function bytesOf(words: number): number {
  return Math.ceil((4 * words + 16) / 64) * 64;
}
