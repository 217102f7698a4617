import type { FunctionReference } from "./assembler/function-builder.js";
import type { ModuleBuilder } from "./assembler/module-builder.js";
import { i32 } from "./assembler/opcodes.js";
import {
  awaitRun,
  type EmittedPhase,
  emitShared,
  emitSignals,
  emitStop,
  phaseBytes,
  startRun,
  stopRequested,
} from "./threads.js";

/** A number of units of work, done by one thread or shared by all. */
export interface Phase {
  readonly units: number;
  readonly shared: boolean;
  /** `(begin, end, scratch)` */
  readonly run: FunctionReference;
  /** Neighbours of one number need nothing of each other; 0 where it is not known. */
  readonly group: number;
}

interface Run {
  readonly phases: readonly Phase[];
  /** Address of the scratch of thread 0. */
  readonly scratch: number;
}

/** Exports a function that runs all phases on the calling thread. */
export function exportAlone(module: ModuleBuilder, name: string, { phases, scratch }: Run): void {
  const all = module.function(0, (f) => {
    for (const { run, units } of phases) f.call(run, 0, units, scratch);
  });
  module.export(name, all);
}

/**
 * Exports `run`, a run as thread 0, `start` and `join`, its two halves; `work`, all runs as another
 * thread; and `stop`, which ends those.
 */
export function exportTogether(
  module: ModuleBuilder,
  options: Run & { readonly threads: number; readonly threadBytes: number },
): void {
  const { phases, threads, scratch, threadBytes } = options;
  const signals = emitSignals(module);
  const runs = module.global();
  let control = scratch + threads * threadBytes;
  const meetings = meetingsOf(phases).map((stretches) => {
    const emitted = stretches.map((stretch) => {
      const shared = stretch[0].shared
        ? { units: stretch[0].units, owners: threads, run: stretch[0].run }
        : { units: 1, owners: 1, run: inTurn(module, stretch) };
      const phase = emitShared(module, signals, { ...shared, threads, control });
      control += phaseBytes(threads);
      return phase;
    });
    return together(module, emitted);
  });
  const step = module.function(1, (f) => {
    const [thread] = f.arguments;
    const own = f.let(i32.add(i32.mul(thread, threadBytes), scratch));
    for (const meeting of meetings) f.call(meeting, thread, runs.value, own);
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

/** A shared phase by itself, or neighbours with little to do, which one thread runs in turn. */
type Stretch = readonly [Phase, ...Phase[]];

/** What is done between one meeting of the threads and the next: a stretch, or those of a group. */
function meetingsOf(phases: readonly Phase[]): Stretch[][] {
  const meetings: [Phase, ...Phase[]][][] = [];
  let last: Phase | undefined;
  for (const phase of phases) {
    const joinsGroup = phase.group !== 0 && phase.group === last?.group;
    const joinsStretch = last?.shared === false && !phase.shared && last.group === phase.group;
    if (joinsStretch) meetings.at(-1)?.at(-1)?.push(phase);
    else if (joinsGroup) meetings.at(-1)?.push([phase]);
    else meetings.push([[phase]]);
    last = phase;
  }
  return meetings;
}

/** The function `(thread, runs, scratch)` that does a thread's shares of phases, then meets the others. */
function together(module: ModuleBuilder, phases: readonly EmittedPhase[]): FunctionReference {
  return module.function(3, (f) => {
    const [thread, runs, scratch] = f.arguments;
    for (const { own } of phases) f.call(own, thread, runs, scratch);
    for (const { meet } of phases) f.call(meet, thread, runs, scratch);
  });
}

/** The function `(begin, end, scratch)` that runs phases one after the other, each as a whole. */
function inTurn(module: ModuleBuilder, phases: readonly Phase[]): FunctionReference {
  return module.function(3, (f) => {
    const scratch = f.arguments[2];
    for (const { run, units } of phases) f.call(run, 0, units, scratch);
  });
}
