import { NOT_A_CHARACTER, type Random } from "../../base/index.js";
import { type ImageSet, kFolds, subset } from "../../data/index.js";
import type { Backend } from "../../engine/index.js";
import { compileInference, type Weights } from "../../nn/index.js";
import { countRight, writeAnswers } from "../answers.js";
import type { HeldOut } from "./adapt-options.js";
import type { Network } from "./cut-head.js";
import { BATCH_SIZE, type OnShare, type Teacher } from "./teacher.js";

/** Examples from which on one part tells enough about all. */
const ENOUGH = 1000;

/**
 * Learns from examples, having read those held out: one part, or where there are few each part in turn, by a
 * model that learned from the others. Of two examples of a class at least one is always learned from.
 */
export async function learnAndHoldOut(
  network: Network,
  examples: ImageSet,
  options: {
    readonly teach: Teacher;
    /** How many the examples are divided into. */
    readonly parts: number;
    readonly random: Random;
    readonly backend: Backend;
    readonly onShare: OnShare;
  },
): Promise<{ weights: Weights; heldOut: HeldOut }> {
  const { teach, random, backend, onShare } = options;
  const parts = kFolds(examples.labels, { folds: Math.min(options.parts, examples.count), random });
  const how = examples.count < ENOUGH ? "folds" : "split";
  const folds = how === "folds" ? parts : parts.slice(0, 1);
  const trainings = folds.length + 1;
  let done = 0;
  const learn = async (indices: readonly number[]): Promise<Weights> => {
    const weights = await teach(indices, (share) => onShare((done + share) / trainings));
    done += 1;
    return weights;
  };

  const held = subset(
    examples,
    folds.flatMap((fold) => fold.held),
  );
  const classes = examples.classes.length;
  const after = new Float32Array(held.count * classes);
  const before = new Float32Array(held.count * classes);
  const program = await compileInference(network.model, network.weights, {
    batchSize: BATCH_SIZE,
    backend,
  });
  try {
    writeAnswers(program, held, before);
    let at = 0;
    for (const fold of folds) {
      program.setWeights(await learn(fold.train));
      writeAnswers(program, subset(examples, fold.held), after.subarray(at * classes));
      at += fold.held.length;
    }
    const weights = await learn([...examples.labels.keys()]);
    const { labels } = held;
    // All show a character: which, is the question.
    const answers = examples.classes.filter((name) => name !== NOT_A_CHARACTER).length;
    const accuracy = {
      before: countRight(before, labels, answers) / held.count,
      after: countRight(after, labels, answers) / held.count,
    };
    return { weights, heldOut: { how, labels, before, after, accuracy } };
  } finally {
    program.close();
  }
}
