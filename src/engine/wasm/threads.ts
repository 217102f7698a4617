import type { FunctionReference } from "./assembler/function-builder.js";
import type { Global, ModuleBuilder } from "./assembler/module-builder.js";
import { i32 } from "./assembler/opcodes.js";

/*
 * How threads meet.
 *
 * Each thread has a flag, on a cache line of its own, that counts the meetings it has come to; it
 * alone writes it. A meeting is over for a thread when the flags of all others have come as far as
 * its own. Waiting spins for a while, which takes some 50 ns where every thread has a core, and then
 * sleeps, so that a core taken by another program costs no more than that core.
 *
 * Sleeping and waking cannot miss each other: who waits counts itself a sleeper before it looks at
 * the flag for the last time, who arrives moves its flag before it looks for sleepers, and atomic
 * operations have one order that all threads agree on.
 */

const CACHE_LINE = 64;
const STOP = 0;
const SLEEPERS = CACHE_LINE;
const FLAGS = 2 * CACHE_LINE;

/** Looks at a flag before sleeping: some 20 µs within a step, 100 µs between steps. */
const SPINS_IN_STEP = 20_000;
const SPINS_BETWEEN_STEPS = 100_000;

/** Bytes at the start of the memory that belong to the threads. */
export function controlBytes(threads: number): number {
  return FLAGS + threads * CACHE_LINE;
}

/** Functions by which threads of one program meet; each takes the number of the calling thread. */
export interface Meetings {
  /** Comes to the meeting, and waits for nobody. */
  readonly arrive: FunctionReference;
  /** Comes to the meeting and waits for all others. */
  readonly meet: FunctionReference;
  /** Comes to the meeting and waits for thread 0. */
  readonly follow: FunctionReference;
}

export function emitMeetings(module: ModuleBuilder, threads: number): Meetings {
  const meeting = module.global();
  const wait = emitWait(module);
  const arrive = emitArrive(module, meeting);
  const meet = module.function(1, (f) => {
    const [thread] = f.arguments;
    f.call(arrive, thread);
    for (let other = 0; other < threads; other++) {
      f.call(wait, FLAGS + other * CACHE_LINE, meeting.value, SPINS_IN_STEP);
    }
  });
  const follow = module.function(1, (f) => {
    const [thread] = f.arguments;
    f.call(arrive, thread);
    f.call(wait, FLAGS, meeting.value, SPINS_BETWEEN_STEPS);
  });
  return { arrive, meet, follow };
}

/** Expression that is not 0 once the program is to end. */
export const stopRequested = i32.atomicLoad(STOP);

/** Has all workers return when they next follow thread 0, and lets them. */
export function emitStop(module: ModuleBuilder, { arrive }: Meetings): FunctionReference {
  return module.function(0, (f) => {
    f.do(i32.atomicStore(STOP, { type: "i32", code: [0x41, 1] }));
    f.call(arrive, 0);
  });
}

function emitArrive(module: ModuleBuilder, meeting: Global): FunctionReference {
  return module.function(1, (f) => {
    const [thread] = f.arguments;
    const flag = f.let(i32.add(i32.mul(thread, CACHE_LINE), FLAGS));
    f.do(meeting.set(i32.add(meeting.value, 1)));
    f.do(i32.atomicStore(flag, meeting.value));
    f.if(i32.atomicLoad(SLEEPERS), () => f.do(i32.atomicNotify(flag)));
  });
}

/** `wait(flag, meeting, spins)`: returns when the flag at that address has come to the meeting. */
function emitWait(module: ModuleBuilder): FunctionReference {
  return module.function(3, (f) => {
    const [flag, meeting, spins] = f.arguments;
    const seen = f.local("i32");
    // The difference is compared, so that the count may pass 2^31.
    const returnIfThere = (): void => {
      f.set(seen, i32.atomicLoad(flag));
      f.if(i32.ge(i32.sub(seen, meeting), 0), () => f.return());
    };
    f.doWhile(
      () => {
        returnIfThere();
        f.set(spins, i32.sub(spins, 1));
      },
      () => i32.gt(spins, 0),
    );
    f.forever(() => {
      f.do(i32.atomicAdd(SLEEPERS, 1));
      f.set(seen, i32.atomicLoad(flag));
      f.if(i32.lt(i32.sub(seen, meeting), 0), () => f.do(i32.atomicWait(flag, seen)));
      f.do(i32.atomicAdd(SLEEPERS, -1));
      returnIfThere();
    });
  });
}
