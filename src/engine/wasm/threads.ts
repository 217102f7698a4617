import type { FunctionBuilder, FunctionReference } from "./assembler/function-builder.js";
import type { Global, ModuleBuilder } from "./assembler/module-builder.js";
import { type Index, i32 } from "./assembler/opcodes.js";

/*
 * How threads share the work of a phase and wait for its end.
 *
 * Each thread has a share of the phase, always the same, so that the arrays it works on stay in its
 * core's cache. A share is claimed in a few parts, one after the other, by its owner, or by another
 * thread that has waited in vain: one whose core is taken by another program keeps the others waiting
 * for a part at most. Who finds that another has not even begun waits for less in the phases to come.
 * A phase is over when all parts are done, whoever did them, so a thread that comes too late finds
 * nothing to do and goes on.
 *
 * Counts only ever grow; those of one run start where those of the run before ended, and are compared
 * by their difference, so that they may pass 2^31. Waiting spins for a while, which takes some 50 ns
 * where every thread has a core, and then sleeps.
 *
 * Sleeping and waking cannot miss each other: who waits counts itself a sleeper before it looks at
 * the count for the last time, who raises it does so before it looks for sleepers, and atomic
 * operations have one order that all threads agree on.
 */

const CACHE_LINE = 64;
const STOP = 0;
const SLEEPERS = CACHE_LINE;
const RUNS = 2 * CACHE_LINE;

/** Bytes at the start of the memory that belong to the threads. */
export const CONTROL_BYTES = 3 * CACHE_LINE;

/** Parts of a share at most. */
const PARTS = 4;

/** Looks at a count, about 1 ns each: before helping, where all are there and where some are not. */
const PATIENCE = 10_000;
const LITTLE_PATIENCE = 1_000;
/** Before sleeping, within a run and between runs. */
const SPINS_IN_RUN = 20_000;
const SPINS_BETWEEN_RUNS = 100_000;

/** Bytes in which the threads count what is done of one phase. */
export function phaseBytes(threads: number): number {
  return (1 + threads) * CACHE_LINE;
}

/** Functions by which threads wait for each other. */
export interface Signals {
  /** `(count, added)`: adds to the count at an address. */
  readonly raise: FunctionReference;
  /** `(count, target, spins)`: returns when the count has come to the target. */
  readonly wait: FunctionReference;
  /** 1 while another thread is thought to have no core. */
  readonly alone: Global;
}

export function emitSignals(module: ModuleBuilder): Signals {
  const raise = module.function(2, (f) => {
    const [count, added] = f.arguments;
    f.do(i32.atomicAdd(count, added));
    f.if(i32.atomicLoad(SLEEPERS), () => f.do(i32.atomicNotify(count)));
  });
  return { raise, wait: emitWait(module), alone: module.global() };
}

/** Starts a run. */
export function startRun(f: FunctionBuilder, { raise }: Signals): void {
  f.call(raise, RUNS, 1);
}

/** Waits until so many runs have been started. */
export function awaitRun(f: FunctionBuilder, { wait }: Signals, runs: Index): void {
  f.call(wait, RUNS, runs, SPINS_BETWEEN_RUNS);
}

/** Expression that is not 0 once the program is to end. */
export const stopRequested = i32.atomicLoad(STOP);

/** Has all workers return when they next wait for a run, and lets them. */
export function emitStop(module: ModuleBuilder, signals: Signals): FunctionReference {
  return module.function(0, (f) => {
    f.do(i32.atomicStore(STOP, i32.const(1)));
    startRun(f, signals);
  });
}

/** Something to be run by threads together, and where they count what is done. */
export interface SharedPhase {
  readonly units: number;
  readonly threads: number;
  /** Threads that have a share of their own: the first so many. */
  readonly owners: number;
  readonly control: number;
  /** `(begin, end, scratch)` */
  readonly run: FunctionReference;
}

/**
 * The function `(thread, runs, scratch)` by which a thread takes part in a phase; it returns when all
 * is done. `runs` is the number of runs that came before.
 */
export function emitShared(
  module: ModuleBuilder,
  signals: Signals,
  { units, threads, owners, control, run }: SharedPhase,
): FunctionReference {
  const parts = Math.min(PARTS, Math.ceil(units / owners));
  const claimsOf = (owner: Index) => i32.add(i32.mul(owner, CACHE_LINE), control + CACHE_LINE);
  const help = module.function(3, (f) => {
    const [owner, runs, scratch] = f.arguments;
    const claims = f.let(claimsOf(owner));
    const first = f.let(i32.mul(runs, parts));
    const [claimed, part, done] = [f.local("i32"), f.local("i32"), f.local("i32")];
    f.forever(() => {
      f.set(claimed, i32.atomicLoad(claims));
      f.set(part, i32.sub(claimed, first));
      f.if(i32.ge(part, parts), () => {
        f.if(done, () => f.call(signals.raise, control, done));
        f.return();
      });
      const swapped = i32.atomicSwapIf(claims, claimed, i32.add(claimed, 1));
      f.if(i32.eq(swapped, claimed), () => {
        f.set(part, i32.add(part, i32.mul(owner, parts)));
        const edge = (index: Index) => i32.div(i32.mul(index, units), parts * owners);
        f.call(run, edge(part), edge(i32.add(part, 1)), scratch);
        f.set(done, i32.add(done, 1));
      });
    });
  });
  return module.function(3, (f) => {
    const [thread, runs, scratch] = f.arguments;
    const own = () => f.call(help, thread, runs, scratch);
    if (owners === threads) own();
    else f.if(i32.gt(owners, thread), own);
    const target = f.let(i32.mul(i32.add(runs, 1), parts * owners));
    const { alone } = signals;
    const looks = i32.select(alone.value, LITTLE_PATIENCE, PATIENCE);
    returnOnceThere(f, control, target, looks);
    f.do(alone.set(i32.const(0)));
    for (let owner = 0; owner < owners; owner++) {
      const claimed = i32.atomicLoad(claimsOf(owner));
      f.if(i32.eq(claimed, i32.mul(runs, parts)), () => f.do(alone.set(i32.const(1))));
      f.call(help, owner, runs, scratch);
    }
    f.call(signals.wait, control, target, SPINS_IN_RUN);
  });
}

/** Looks at a count up to so many times; returns from the function when it has come to the target. */
function returnOnceThere(f: FunctionBuilder, count: Index, target: Index, looks: Index): void {
  const left = f.let(i32.add(looks, 0));
  f.doWhile(
    () => {
      f.if(i32.ge(i32.sub(i32.atomicLoad(count), target), 0), () => f.return());
      f.set(left, i32.sub(left, 1));
    },
    () => i32.gt(left, 0),
  );
}

function emitWait(module: ModuleBuilder): FunctionReference {
  return module.function(3, (f) => {
    const [count, target, spins] = f.arguments;
    returnOnceThere(f, count, target, spins);
    const seen = f.local("i32");
    f.forever(() => {
      f.do(i32.atomicAdd(SLEEPERS, 1));
      f.set(seen, i32.atomicLoad(count));
      f.if(i32.lt(i32.sub(seen, target), 0), () => f.do(i32.atomicWait(count, seen)));
      f.do(i32.atomicAdd(SLEEPERS, -1));
      returnOnceThere(f, count, target, 1);
    });
  });
}
