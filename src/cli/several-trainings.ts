import type { Evaluation } from "../evaluate/index.js";
import type { FoldChoice } from "./data-part.js";
import type { Io } from "./io.js";
import type { Measured } from "./measure.js";
import { clock } from "./terminal/format.js";

/** What a training came to. */
export interface TrainingOutcome {
  /** The run's folder, as the user would write it. */
  readonly run: string;
  readonly seconds: number;
  /** On the images it learned from. */
  readonly trained: Evaluation;
  /** On those it did not; absent where there are none. */
  readonly tested: Measured | undefined;
}

/** Asks for several trainings of one recipe. */
export interface SeveralChoices {
  readonly seed: number;
  /** Trainings with the seeds from `seed` on; 1 if absent. */
  readonly seeds?: number;
  /** Cross-validation: one training a part, that part held out. */
  readonly folds?: number;
}

/** What sets one of several trainings apart. */
export interface OneOfSeveral {
  readonly seed: number;
  readonly fold?: FoldChoice;
  readonly name: string;
}

export interface Member extends OneOfSeveral, TrainingOutcome {}

/** Every seed with every fold, fold by fold; the runs are named after the group they belong to. */
export function severalTrainings(
  { seed: first, seeds = 1, folds = 0 }: SeveralChoices,
  group: string,
): OneOfSeveral[] {
  const range = (count: number) => Array.from({ length: count }, (_, i) => i);
  return range(seeds).flatMap((i) => {
    const seed = first + i;
    const name = seeds > 1 ? `${group}-seed-${seed}` : group;
    if (folds === 0) return [{ seed, name }];
    return range(folds).map((k) => ({
      seed,
      fold: { fold: k + 1, of: folds },
      name: `${name}-fold-${k + 1}`,
    }));
  });
}

/** Trains one after the other, telling on stderr which it is and the time left; each is a run of its own. */
export async function trainSeveral(
  plan: readonly OneOfSeveral[],
  train: (one: OneOfSeveral) => Promise<TrainingOutcome>,
  io: Io,
): Promise<Member[]> {
  const members: Member[] = [];
  const startMs = performance.now();
  for (const [done, one] of plan.entries()) {
    const each = (performance.now() - startMs) / 1000 / done;
    const left = done === 0 ? "" : `, about ${clock(each * (plan.length - done))} left`;
    io.stderr.write(`training ${done + 1} of ${plan.length}: ${one.name}${left}\n`);
    members.push({ ...one, ...(await train(one)) });
  }
  return members;
}
