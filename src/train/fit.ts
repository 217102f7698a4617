import { Random } from "../base/index.js";
import type { SampleSet } from "../data/index.js";
import {
  compileTraining,
  initialWeights,
  learningRateAt,
  type ModelDescription,
  type Weights,
} from "../nn/index.js";
import { bankFor, batchesOf } from "./batches-of.js";
import { BestSoFar } from "./best-so-far.js";
import { type Checkpoint, CheckpointClock } from "./checkpoint.js";
import { DivergenceWatch } from "./divergence-watch.js";
import { type EpochRecord, expectFit, type FitOptions } from "./fit-options.js";
import { Tally } from "./tally.js";
import { Validation } from "./validation.js";

/**
 * How often a training gives way to timers, key strokes and messages, ms. A timer of 0 ms takes 1 ms
 * in Node and 4 ms in browsers; a message to oneself would be quicker, but Node hands out up to 1,000 of
 * them before it looks at anything else.
 */
const BREATH_MS = 100;

export interface FitResult {
  /** The best or the averaged weights where those were asked for. */
  readonly weights: Weights;
  readonly history: readonly EpochRecord[];
  /** Over all sessions. */
  readonly seconds: number;
  /** Whether the signal ended it before its time. */
  readonly interrupted: boolean;
  /** Whether it ended because the validation loss had not fallen for `patience` epochs. */
  readonly stoppedEarly: boolean;
  /** The epoch that the weights are of, where the best were asked for. */
  readonly bestEpoch?: number;
}

/**
 * Trains a model on labelled images for a fixed number of epochs, or until it learns no more.
 *
 * The epochs form one endless stream of shuffled images, of which each step takes the next
 * `batchSize`: `⌈epochs · n / batchSize⌉` steps, no image left out. Same seed and options, same
 * weights, whatever the number of threads, and however often it was interrupted and went on from a
 * checkpoint. The loss and accuracy of an epoch are means over its steps, during which the weights
 * changed; those of `validation` belong to the weights at its end.
 *
 * Throws a {@link DivergenceError} once the loss or a weight is not a number, a `ShapeError` where
 * model and images do not fit.
 */
export async function fit(
  model: ModelDescription,
  set: SampleSet,
  options: FitOptions,
): Promise<FitResult> {
  expectFit(model, set, options);
  const { epochs, learningRate, optimizer, seed, backend, signal, from, checkpoints } = options;
  const { loss = { type: "crossEntropy" }, schedule = { type: "constant" } } = options;
  const {
    averageDecay,
    augmentation,
    clipNorm,
    pull,
    frozenStatistics,
    patience = Number.POSITIVE_INFINITY,
  } = options;
  const { keepBest = options.patience !== undefined } = options;

  const startMs = performance.now();
  const sessionSeconds = (): number => (performance.now() - startMs) / 1000;
  const seconds = (): number => (from?.seconds ?? 0) + sessionSeconds();
  const random = new Random(seed);
  const batchSize = Math.min(options.batchSize, set.count);
  const stepsUpTo = (epoch: number): number => Math.ceil((epoch * set.count) / batchSize);
  const steps = stepsUpTo(epochs);
  const rateAt = (step: number): number =>
    learningRateAt(schedule, { peak: learningRate, step, steps });

  const program = await compileTraining(model, {
    batchSize,
    loss,
    optimizer,
    weights: options.weights ?? initialWeights(model, random.fork("weights")),
    ...(averageDecay === undefined ? {} : { averageDecay }),
    ...(clipNorm === undefined ? {} : { clipNorm }),
    ...(pull === undefined ? {} : { pull }),
    ...(frozenStatistics === undefined ? {} : { frozenStatistics }),
    ...bankFor(set, { batchSize, augmentation }),
    seed,
    backend,
  });
  const validation = options.validation
    ? await Validation.create({ model, loss }, options.validation, {
        weights: program.weights(),
        batchSize,
        backend,
      })
    : undefined;
  const batches = batchesOf(program, set, { random: random.fork("batches"), augmentation });
  const takeStep = (step: number): void => {
    batches.write(step);
    program.step(rateAt(step), batches.prepare && (() => batches.prepare?.(step + 1)));
  };

  const history = [...(from?.history ?? [])];
  const best = keepBest ? new BestSoFar(patience, from?.best) : undefined;
  let tally = new Tally(batchSize, from?.tally);
  const clock = checkpoints && new CheckpointClock(checkpoints.every);
  const checkpoint = (): Checkpoint => ({
    state: program.state(),
    history: [...history],
    tally: tally.state(),
    seconds: seconds(),
    ...(best?.best && { best: best.best }),
  });

  let step = from?.state.step ?? 0;
  let savedStep = step;
  if (from !== undefined) program.restore(from.state);
  const watch = new DivergenceWatch({ model, program, takeStep, rateAt, loss, seed, backend });
  let lastBreathMs = startMs;
  const save = async (): Promise<void> => {
    if (step === savedStep) return;
    await checkpoints?.save(checkpoint());
    savedStep = step;
    clock?.restart();
  };

  try {
    const firstStep = step;
    while (step < steps && !signal?.aborted && !best?.isStale(history.length)) {
      takeStep(step);
      step += 1;
      if (!Number.isFinite(program.loss)) throw await watch.lostLoss(step);
      watch.afterStep();
      tally.add(program.loss, program.correct);
      const epoch = history.length + 1;
      const secondsLeft = (sessionSeconds() / (step - firstStep)) * (steps - step);
      options.onStep?.({ step, steps, epoch, ...tally.means(), secondsLeft });

      if (step === stepsUpTo(epoch)) {
        const means = tally.means();
        const weights = program.averagedWeights();
        watch.expectWeights(step, weights);
        const measured = validation?.measure(weights);
        if (measured !== undefined) {
          watch.expectLoss(step, measured.loss);
          best?.see(epoch, measured.loss, weights);
        }
        const record: EpochRecord = {
          epoch,
          learningRate: rateAt(step - 1),
          ...means,
          ...(measured && { validation: measured }),
          seconds: seconds(),
        };
        history.push(record);
        options.onEpoch?.(record);
        tally = new Tally(batchSize);
      }

      if (clock?.isDue(step)) await save();
      if (performance.now() - lastBreathMs > BREATH_MS) {
        await new Promise((resolve) => setTimeout(resolve));
        lastBreathMs = performance.now();
      }
    }
    const stoppedEarly = best?.isStale(history.length) ?? false;
    const interrupted = step < steps && !stoppedEarly;
    if (interrupted) await save();
    const weights = best?.best?.weights ?? program.averagedWeights();
    return {
      weights,
      history,
      seconds: seconds(),
      interrupted,
      stoppedEarly: stoppedEarly && step < steps,
      ...(best?.best && { bestEpoch: best.best.epoch }),
    };
  } finally {
    validation?.close();
    program.close();
  }
}
