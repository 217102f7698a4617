import { DeviceError } from "../../base/index.js";
import type { Plan, Slot } from "../plan.js";
import type { FunctionBuilder, FunctionReference, Local } from "./assembler/function-builder.js";
import { ModuleBuilder } from "./assembler/module-builder.js";
import { i32 } from "./assembler/opcodes.js";
import {
  awaitRun,
  CONTROL_BYTES,
  emitShared,
  emitSignals,
  emitStop,
  phaseBytes,
  type Signals,
  startRun,
  stopRequested,
} from "./threads.js";

/** Bytes after the last array that vector loads and stores may run over into. */
const GUARD = 256;
const PAGE = 65_536;
/** 2 GiB: addresses are compared as signed numbers. */
const MAX_PAGES = 32_768;

interface Phase {
  readonly units: number;
  readonly shared: boolean;
  readonly run: FunctionReference;
}

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
  readonly #threads: number;
  readonly #shareFrom: number;
  readonly #base: number;
  readonly #sharedBase: number;
  /** Offsets of the states that no step updates. */
  readonly #constants: ReadonlySet<number>;
  readonly #phases: Phase[] = [];
  readonly #preparations: Phase[] = [];
  #preparing = false;
  /** Shared scratch: where what is kept for good ends, what is given away in this step, the most ever. */
  #sharedKept = 0;
  #shared = 0;
  #sharedMost = 0;
  #thread = 0;
  #threadMost = 0;

  constructor(plan: Plan, { threads, fused, shareFrom }: EmitterOptions) {
    this.module = new ModuleBuilder(fused);
    this.#threads = threads;
    this.#shareFrom = shareFrom;
    this.#base = CONTROL_BYTES;
    this.#sharedBase = this.#base + 4 * plan.words + GUARD;
    this.#constants = constantsOf(plan);
  }

  /** Byte address of an array. */
  address({ offset }: Slot): number {
    return this.#base + 4 * offset;
  }

  /** Lets go of the scratch of the step before. */
  startStep(): void {
    this.#shared = this.#sharedKept;
    this.#thread = 0;
  }

  /** Whether an array is a state that no step updates. */
  isConstant({ offset }: Slot): boolean {
    return this.#constants.has(offset);
  }

  /**
   * Adds what `add` adds, phases that read nothing but `source`: where that is a state that no step
   * updates they run in `prepare`, outside the steps, and the shared scratch they take is kept.
   */
  prepared<T>(source: Slot, add: () => T): T {
    if (this.#preparing || !this.isConstant(source)) return add();
    this.#preparing = true;
    // Beyond all that any step before overwrites.
    this.#shared = this.#sharedMost;
    const result = add();
    this.#sharedKept = this.#shared;
    this.#preparing = false;
    return result;
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
   */
  phase(units: number, work: number, body: PhaseBody): void {
    const run = this.module.function(3, (f) => {
      const [begin, end, scratch] = f.arguments;
      body(f, begin, end, scratch);
    });
    const phases = this.#preparing ? this.#preparations : this.#phases;
    phases.push({ units, shared: units > 1 && work >= this.#shareFrom, run });
  }

  finish(): EmittedProgram {
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
    this.#emitAlone("prepare", this.#preparations, scratch);
    if (this.#threads === 1) this.#emitAlone("run", this.#phases, scratch);
    else this.#emitTogether(scratch, threadBytes);
    const module = this.module.encode({ pages, shared: this.#threads > 1 });
    return { bytes: module, pages, base: this.#base };
  }

  /** A function that runs all phases on the calling thread. */
  #emitAlone(name: string, phases: readonly Phase[], scratch: number): void {
    const all = this.module.function(0, (f) => {
      for (const { run, units } of phases) f.call(run, 0, units, scratch);
    });
    this.module.export(name, all);
  }

  /**
   * `run` is a run as thread 0, `start` and `join` its two halves; `work` is all runs as another thread,
   * `stop` ends those.
   */
  #emitTogether(scratch: number, threadBytes: number): void {
    const { module } = this;
    const signals = emitSignals(module);
    const runs = module.global();
    const phases = this.#emitPhases(signals, scratch + this.#threads * threadBytes);
    const step = module.function(1, (f) => {
      const [thread] = f.arguments;
      const own = f.let(i32.add(i32.mul(thread, threadBytes), scratch));
      for (const phase of phases) f.call(phase, thread, runs.value, own);
      f.do(runs.set(i32.add(runs.value, 1)));
    });
    const start = module.function(0, (f) => startRun(f, signals));
    const join = module.function(0, (f) => f.call(step, 0));
    const run = module.function(0, (f) => {
      f.call(start);
      f.call(join);
    });
    const work = module.function(1, (f) => {
      const [thread] = f.arguments;
      f.forever(() => {
        awaitRun(f, signals, i32.add(runs.value, 1));
        f.if(stopRequested, () => f.return());
        f.call(step, thread);
      });
    });
    module.export("start", start);
    module.export("join", join);
    module.export("run", run);
    module.export("work", work);
    module.export("stop", emitStop(module, signals));
  }

  /** Functions `(thread, runs, scratch)`, one after the other; neighbours with little to do are one. */
  #emitPhases(signals: Signals, controls: number): FunctionReference[] {
    const threads = this.#threads;
    const emitted: FunctionReference[] = [];
    let little: Phase[] = [];
    const emit = (phase: Pick<Phase, "units" | "run">, owners: number): void => {
      const control = controls + emitted.length * phaseBytes(threads);
      emitted.push(emitShared(this.module, signals, { ...phase, threads, owners, control }));
    };
    const flush = (): void => {
      if (little.length > 0) emit({ units: 1, run: this.#inTurn(little) }, 1);
      little = [];
    };
    for (const phase of this.#phases) {
      if (!phase.shared) {
        little.push(phase);
        continue;
      }
      flush();
      emit(phase, threads);
    }
    flush();
    return emitted;
  }

  /** The function `(begin, end, scratch)` that runs phases one after the other, each as a whole. */
  #inTurn(phases: readonly Phase[]): FunctionReference {
    return this.module.function(3, (f) => {
      const scratch = f.arguments[2];
      for (const { run, units } of phases) f.call(run, 0, units, scratch);
    });
  }
}

function constantsOf({ states, steps }: Plan): Set<number> {
  const constants = new Set([...states.values()].map(({ offset }) => offset));
  for (const { operation, inputs } of steps) {
    for (const index of operation.updates ?? []) constants.delete(inputs[index].offset);
  }
  return constants;
}

/** Rounded up to cache lines, with room for a vector that runs over. */
function bytesOf(words: number): number {
  return Math.ceil((4 * words + 16) / 64) * 64;
}
