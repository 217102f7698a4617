import type { Pruner } from "./pruners.js";
import type { Sampler } from "./samplers.js";
import type { SearchPoint } from "./search-space.js";
import type { Trial } from "./trial.js";

/** What a trial has come to when its work is over. */
export type Outcome = Pick<Trial, "state" | "curve" | "seconds" | "reason">;

export interface StudyOptions {
  /** Trials in all, those of before included. */
  readonly trials: number;
  /** At the same time. */
  readonly jobs: number;
  readonly sampler: Sampler;
  readonly pruner: Pruner;
  /** Trials of an earlier session that are over. */
  readonly finished?: readonly Trial[];
  /** Begins no further trial once aborted. */
  readonly signal?: AbortSignal;
  /**
   * Does the work of a trial.
   *
   * @param isHopeless - to be asked after every epoch; once it says so, the trial is to end as pruned
   */
  work(
    trial: { readonly number: number; readonly values: SearchPoint },
    isHopeless: (curve: readonly number[]) => boolean,
  ): Promise<Outcome>;
  /** Told of each trial as it ends; waited for. */
  onTrial?(trial: Trial): void | Promise<void>;
}

/**
 * Tries settings, several at a time, and learns from what came of them.
 *
 * Trial n is proposed, and compared, by the results of the trials 0 to n - jobs, no matter which of the
 * later ones are over by then: so the same seed makes the same study however fast each trial is, and
 * also after an interruption. The price is that a slow trial may keep others waiting.
 *
 * @returns the trials that are over, by number. Where `work` or `onTrial` fails, the trials that run are
 * waited for and the failure is thrown.
 */
export async function runStudy(options: StudyOptions): Promise<Trial[]> {
  const { trials, jobs, sampler, pruner, signal } = options;
  const results = new Map((options.finished ?? []).map((trial) => [trial.number, trial]));
  const pending = new Map<number, Promise<void>>();
  let failure: { readonly error: unknown } | undefined;

  const known = (number: number): Trial[] => {
    const count = Math.max(0, number - jobs + 1);
    return Array.from({ length: count }, (_, i) => results.get(i)!);
  };
  const runTrial = async (number: number, values: SearchPoint): Promise<void> => {
    const others = known(number).map(({ curve }) => curve);
    const outcome = await options.work({ number, values }, (curve) => pruner(curve, others));
    const trial = { number, values, ...outcome };
    results.set(number, trial);
    await options.onTrial?.(trial);
  };

  for (let number = 0; number < trials; number++) {
    if (results.has(number)) continue;
    // Whatever this one is proposed by must be over, and there must be room for it.
    const needed = [...pending].filter(([other]) => other <= number - jobs);
    await Promise.all(needed.map(([, ended]) => ended));
    while (pending.size >= jobs) await Promise.race(pending.values());
    if (signal?.aborted || failure !== undefined) break;
    const values = sampler(number, known(number));
    if (values === undefined) break;
    const ended = runTrial(number, values)
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => pending.delete(number));
    pending.set(number, ended);
  }
  await Promise.all(pending.values());
  if (failure !== undefined) throw failure.error;
  return [...results.values()].sort((a, b) => a.number - b.number);
}
