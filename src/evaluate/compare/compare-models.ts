import { logSumExp, type Random, ShapeError } from "../../base/index.js";
import type { Backend } from "../../engine/index.js";
import { describeModel } from "../../nn/index.js";
import { evaluate } from "../evaluate.js";
import type { SplitMeasure } from "../fit-verdict.js";
import { forcedChoice } from "../forced-choice.js";
import { predict } from "../predict.js";
import { allReadings, type ImageReading } from "../readings.js";
import { corruptions } from "../robustness/corruptions.js";
import { measureRobustness } from "../robustness/robustness.js";
import type {
  ComparedModel,
  ComparedPair,
  Comparison,
  Contender,
  Disagreement,
} from "./comparison.js";
import { explainStep } from "./explain-step.js";
import { mcnemarExact } from "./mcnemar.js";
import { measureSpeed } from "./measure-speed.js";
import { pairedBootstrap } from "./paired-bootstrap.js";

interface CompareOptions {
  readonly backend: Backend;
  /** Of the bootstrap and of the corrupted copies. */
  readonly random: Random;
  /** All corruptions, not only shifts. */
  readonly robustness?: boolean;
  /** Is told what is being measured, and the share of it that is done. */
  readonly onProgress?: (what: string, share: number) => void;
}

/** What a model said of each image. */
interface Given {
  readonly readings: readonly ImageReading[];
  /** `-log p(label)` of each image. */
  readonly losses: Float64Array;
}

/**
 * Measures models on the same images, and each against each.
 *
 * @param contenders - at least two, with different names; their sets hold the same images in the same order
 */
export async function compareModels(
  contenders: readonly Contender[],
  { backend, random, robustness = false, onProgress }: CompareOptions,
): Promise<Comparison> {
  const [{ set }] = contenders;
  if (contenders.length < 2 || contenders.some((other) => other.set.count !== set.count)) {
    const counts = contenders.map((contender) => contender.set.count);
    throw new ShapeError(
      `compareModels: must be at least two models on the same images, got ${counts.join(", ")} images`,
    );
  }
  const tried = await measureRobustness(contenders, {
    backend,
    random,
    corruptions: robustness ? corruptions : corruptions.filter(({ name }) => name === "shift"),
    onProgress: (share) => onProgress?.(robustness ? "robustness" : "translation", share),
  });
  const models: ComparedModel[] = [];
  const answers: Given[] = [];
  for (const [i, contender] of contenders.entries()) {
    const told = (share: number): void => onProgress?.(contender.name, share);
    const { given, ...measured } = await measureOn(contender, contender.set, { backend, told });
    const train =
      contender.train && (await measureOn(contender, contender.train, { backend, told }));
    const { model, weights, name, bytes } = contender;
    models.push({
      name,
      ...measured,
      parameters: describeModel(model).reduce((sum, { parameters }) => sum + parameters, 0),
      bytes,
      convolutions: model.layers.filter(({ type }) => type === "conv2d").length,
      train: train ? { n: train.n, accuracy: train.accuracy, loss: train.loss } : null,
      speed: await measureSpeed(model, weights, { set: contender.set, backend }),
      translation: tried[i].rows[0].cells,
      robustness: robustness ? tried[i] : null,
    });
    answers.push(given);
  }
  const labels = set.classes;
  const pairs = models.flatMap((first, i) =>
    models.slice(i + 1).map((second, j) =>
      comparePair([first.name, answers[i]], [second.name, answers[i + 1 + j]], {
        labels,
        random: random.fork(`${i} ${i + 1 + j}`),
      }),
    ),
  );
  const ranked = models.toSorted((a, b) => a.accuracy - b.accuracy);
  const steps = ranked.slice(1).map((better, i) => ({
    from: ranked[i].name,
    to: better.name,
    sentences: explainStep(ranked[i], better, pairOf(pairs, ranked[i].name, better.name)),
  }));
  return { n: set.count, models, pairs, steps, disagreements: disagreementsOf(answers) };
}

async function measureOn(
  { model, weights, loss }: Contender,
  set: Contender["set"],
  { backend, told }: { backend: Backend; told: (share: number) => void },
): Promise<
  SplitMeasure & Pick<ComparedModel, "interval" | "lossType"> & { readonly given: Given }
> {
  const { labels } = set;
  const raw = await predict(model, weights, set, { backend, onProgress: told });
  const { logits, classes } = forcedChoice(raw, set);
  const { n, accuracy, interval, lossType, ...measured } = evaluate(
    logits,
    { labels, classes },
    { model, loss },
  );
  const given = {
    readings: allReadings({ labels, classes }, logits),
    losses: lossesOf(logits, { labels, classes }),
  };
  return { n, accuracy, interval, loss: measured.loss, lossType, given };
}

function lossesOf(
  logits: Float32Array,
  { labels, classes }: Pick<Contender["set"], "labels" | "classes">,
): Float64Array {
  const k = classes.length;
  return Float64Array.from(
    labels,
    (label, i) => logSumExp(logits, i * k, k) - logits[i * k + label],
  );
}

function comparePair(
  [first, a]: readonly [string, Given],
  [second, b]: readonly [string, Given],
  { labels, random }: { labels: readonly string[]; random: Random },
): ComparedPair {
  const right = ({ readings }: Given, i: number): number =>
    Number(readings[i].predicted === readings[i].actual);
  const gains = a.readings.map((_, i) => right(b, i) - right(a, i));
  const bothWrong = gains.filter((gain, i) => gain === 0 && right(a, i) === 0).length;
  const byLabel = new Map(labels.map((label) => [label, { fixed: 0, introduced: 0 }]));
  gains.forEach((gain, i) => {
    const counts = byLabel.get(a.readings[i].actual)!;
    if (gain === 1) counts.fixed += 1;
    if (gain === -1) counts.introduced += 1;
  });
  const perClass = [...byLabel].map(([label, counts]) => ({ label, ...counts }));
  const fixed = perClass.reduce((sum, counts) => sum + counts.fixed, 0);
  const introduced = perClass.reduce((sum, counts) => sum + counts.introduced, 0);
  return {
    first,
    second,
    accuracy: pairedBootstrap(gains, { random: random.fork("accuracy") }),
    negativeLogLikelihood: pairedBootstrap(
      a.losses.map((loss, i) => b.losses[i] - loss),
      { random: random.fork("loss") },
    ),
    fixed,
    introduced,
    bothWrong,
    p: mcnemarExact(fixed, introduced),
    perClass,
  };
}

/** The pair of two models as a step from one to the other. */
function pairOf(pairs: readonly ComparedPair[], from: string, to: string): ComparedPair {
  const pair = pairs.find(({ first, second }) => first === from && second === to);
  return pair ?? turned(pairs.find(({ first, second }) => first === to && second === from)!);
}

function turned(pair: ComparedPair): ComparedPair {
  const turn = ({ mean, low, high }: ComparedPair["accuracy"]) => ({
    mean: -mean,
    low: -high,
    high: -low,
  });
  return {
    ...pair,
    first: pair.second,
    second: pair.first,
    accuracy: turn(pair.accuracy),
    negativeLogLikelihood: turn(pair.negativeLogLikelihood),
    fixed: pair.introduced,
    introduced: pair.fixed,
    perClass: pair.perClass.map(({ label, fixed, introduced }) => ({
      label,
      fixed: introduced,
      introduced: fixed,
    })),
  };
}

function disagreementsOf(answers: readonly Given[]): Disagreement[] {
  const [first] = answers;
  return first.readings.flatMap(({ index, actual }, i) => {
    const readings = answers.map((own) => own.readings[i]);
    if (readings.every(({ predicted }) => predicted === readings[0].predicted)) return [];
    return [
      {
        index,
        actual,
        readings: readings.map(({ predicted, confidence }) => ({ predicted, confidence })),
      },
    ];
  });
}
