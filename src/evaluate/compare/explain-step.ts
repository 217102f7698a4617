import { count, percent } from "../../base/index.js";
import { UNDER_FITTING_ERROR } from "../fit-verdict.js";
import type { ComparedModel, ComparedPair } from "./comparison.js";

/** McNemar's p from which on a difference is called chance. */
export const CHANCE = 0.05;
/** A part of the difference this large is called most of it. */
const MOST = 2 / 3;
/** Numbers of parameters and times closer than this factor are called about the same. */
const ALIKE_FACTOR = 1.25;
/** Shares of their accuracy that models keep under shifts are called alike below this difference. */
const SHIFT_SHARE = 0.02;

/** The thresholds behind the words, for those who read them. */
export const thresholdsText = `Differences count as beyond chance below p = ${CHANCE}; a part of two thirds or more is called most; numbers of parameters and times within a factor of ${ALIKE_FACTOR} are called about the same, what is kept under shifts within ${100 * SHIFT_SHARE} percentage points alike; a model that misreads more than ${100 * UNDER_FITTING_ERROR} % of the training images does not fit them.`;

/**
 * Says from the measured figures why one model reads more than another: how sure that is, errors
 * fixed and introduced, size, what is there on training images already, what holds under shifts,
 * which classes gain.
 *
 * The test difference falls into two parts exactly: what the models differ by on training images
 * (how well they fit), and the rest (how well they carry over to new images).
 *
 * @param pair - the worse model first
 */
export function explainStep(
  worse: ComparedModel,
  better: ComparedModel,
  pair: ComparedPair,
): string[] {
  const certain = certainty(worse, better, pair);
  // What chance may have made has no other reason.
  if (pair.p >= CHANCE) return certain;
  return [
    ...certain,
    ...size(worse, better),
    ...capacity(worse, better),
    ...translation(worse, better),
    ...classes(pair),
  ];
}

function certainty(worse: ComparedModel, better: ComparedModel, pair: ComparedPair): string[] {
  const { accuracy, fixed, introduced, p } = pair;
  const chance = p < CHANCE ? "beyond chance" : "within chance, so there is nothing to explain";
  const wrong = fixed + pair.bothWrong;
  return [
    `${better.name} reads ${percent(better.accuracy)}, ${worse.name} ${percent(worse.accuracy)}: ${signedPoints(accuracy.mean)} (95 %: ${signedPoints(accuracy.low, "")} to ${signedPoints(accuracy.high, "")}), McNemar's exact p ${p < 0.0001 ? "" : "= "}${pText(p)}: ${chance}.`,
    `Of ${count(wrong)} images that ${worse.name} misreads it puts ${count(fixed)} right${wrong > 0 ? ` (${percent(fixed / wrong, 0)})` : ""}, and it misreads ${count(introduced)} that ${worse.name} reads.`,
  ];
}

/** Parameters, and what they cost. */
function size(worse: ComparedModel, better: ComparedModel): string[] {
  return [sizeSentence(worse, better), timeSentence(worse, better)];
}

function timeSentence(worse: ComparedModel, better: ComparedModel): string {
  const [own, other] = [better.speed.oneImageMs, worse.speed.oneImageMs];
  const factor = own / other;
  const compared =
    factor > ALIKE_FACTOR
      ? `${factorText(factor)} times the ${other.toFixed(3)} ms of ${worse.name}`
      : factor < 1 / ALIKE_FACTOR
        ? `less than the ${other.toFixed(3)} ms of ${worse.name} by a factor of ${factorText(1 / factor)}`
        : `about the ${other.toFixed(3)} ms of ${worse.name}`;
  return `An image alone takes it ${own.toFixed(3)} ms, ${compared}.`;
}

function sizeSentence(worse: ComparedModel, better: ComparedModel): string {
  const factor = better.parameters / worse.parameters;
  const own = `${better.name} has ${count(better.parameters)} parameters`;
  if (factor > ALIKE_FACTOR) {
    return `${own}, ${factorText(factor)} times the ${count(worse.parameters)} of ${worse.name}.`;
  }
  if (factor >= 1 / ALIKE_FACTOR) {
    return `${own}, about as many as the ${count(worse.parameters)} of ${worse.name}: size does not explain it.`;
  }
  return `${own}, fewer than the ${count(worse.parameters)} of ${worse.name} by a factor of ${factorText(1 / factor)}: it is not size but how they are used.`;
}

function capacity(worse: ComparedModel, better: ComparedModel): string[] {
  if (worse.train === null || better.train === null) return [];
  const total = better.accuracy - worse.accuracy;
  const fit = better.train.accuracy - worse.train.accuracy;
  const figures = `on training images ${better.name} reads ${percent(better.train.accuracy)} (loss ${better.train.loss.toFixed(4)}) and ${worse.name} ${percent(worse.train.accuracy)} (loss ${worse.train.loss.toFixed(4)})`;
  const parts = `Capacity: ${figures}, so of ${signedPoints(total)} ${signedPoints(fit, "")} are there on training images already, and ${signedPoints(total - fit, "")} come with new ones`;
  if (total <= 0) return [`Capacity: ${figures}.`];
  if (fit / total >= MOST) {
    const unlearnt =
      1 - worse.train.accuracy > UNDER_FITTING_ERROR
        ? `${worse.name} does not even fit the training images, being too small for them, or trained too briefly or on others`
        : `${better.name} fits more of the training images`;
    return [`${parts}: most is fit; ${unlearnt}.`];
  }
  if (fit / total <= 1 - MOST) {
    return [`${parts}: most is that ${better.name} carries over better to images it has not seen.`];
  }
  return [`${parts}: ${better.name} both fits and carries over better.`];
}

function translation(worse: ComparedModel, better: ComparedModel): string[] {
  // As a share of its own accuracy: who reads little has little to lose.
  const kept = ({ accuracy, translation: moved }: ComparedModel): number =>
    moved.reduce((sum, cell) => sum + cell.accuracy, 0) / moved.length / (accuracy || 1);
  const spared = kept(better) - kept(worse);
  const figures = `Translation: moved by 1 to 5 px, ${better.name} keeps ${percent(kept(better), 1)} of its accuracy on average, ${worse.name} ${percent(kept(worse), 1)}`;
  const structure =
    better.convolutions > 0 && worse.convolutions === 0
      ? `; its ${better.convolutions === 1 ? "convolution sees" : `${better.convolutions} convolutions see`} a stroke alike wherever it stands, and ${worse.name} has none`
      : "";
  if (spared >= SHIFT_SHARE) {
    return [`${figures}: it depends less on where the ink stands${structure}.`];
  }
  if (spared <= -SHIFT_SHARE) {
    return [`${figures}: it depends more on where the ink stands, so its lead is not there.`];
  }
  return [`${figures}: alike, so its lead is not there.`];
}

/** The labels that gain most, as far as they gain. */
function classes({ perClass }: ComparedPair): string[] {
  const gains = perClass
    .map(({ label, fixed, introduced }) => ({ label, net: fixed - introduced }))
    .filter(({ net }) => net > 0)
    .sort((a, b) => b.net - a.net);
  const total = gains.reduce((sum, { net }) => sum + net, 0);
  if (total === 0) return [];
  const told = gains.slice(0, 3).map(({ label, net }) => `${label} (${count(net)})`);
  return [`Errors saved, net, are most on ${told.join(", ")}.`];
}

/** 0.0724 → `+7.24 percentage points` */
export function signedPoints(share: number, unit = " percentage points"): string {
  return `${share < 0 ? "−" : "+"}${(100 * Math.abs(share)).toFixed(2)}${unit}`;
}

/** `0.0312`, `< 0.0001` */
export function pText(p: number): string {
  return p < 0.0001 ? "< 0.0001" : p.toFixed(4);
}

function factorText(factor: number): string {
  return factor < 10 ? factor.toFixed(1) : count(factor);
}
