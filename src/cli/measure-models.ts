import { DataError } from "../base/index.js";
import type { PrepareNotes } from "../data/index.js";
import type { Backend } from "../engine/index.js";
import { averageAnswers, evaluate, forcedChoice } from "../evaluate/index.js";
import type { ModelFile, TableModelFile } from "../nn/index.js";
import { evaluatedSamples, type SampleOptions } from "./evaluated-samples.js";
import type { Io } from "./io.js";
import { type Measured, measure } from "./measure.js";
import { trainedLoss } from "./trained-loss.js";

/** A model by the name it was asked for. */
export interface NamedFile {
  readonly name: string;
  readonly file: ModelFile | TableModelFile;
}

/** What models answered to a set. */
interface MeasuredModels {
  /** Name of the data set. */
  readonly data: string;
  readonly measured: Measured;
  readonly notes?: PrepareNotes;
}

/**
 * Measures a model, at least one, on the samples that `options` name; several as one, their probabilities averaged. Each
 * gets the samples prepared as it learned from them.
 */
export async function measureModels(
  models: readonly NamedFile[],
  options: SampleOptions,
  { backend, io }: { backend: Backend; io: Io },
): Promise<MeasuredModels> {
  if (models.length > 1) expectSameAnswers(models);
  const members: MeasuredModels[] = [];
  for (const { file } of models) {
    const { name: data, set, notes } = await evaluatedSamples(file, options, io);
    const loss = trainedLoss(file);
    const { temperature } = file.reading;
    const how = { loss, temperature, set, backend, io };
    const measured = await measure(file.model, file.weights, how);
    members.push({ data, measured, ...(notes && { notes }) });
  }
  const first = members[0]!;
  if (members.length === 1) return first;
  const { set, evaluation: alone } = first.measured;
  const logits = averageAnswers(
    members.map(({ measured }) => measured.logits),
    set.classes.length,
  );
  const choice = forcedChoice(logits, set);
  const { labels } = set;
  const { samples } = alone;
  const evaluation = evaluate(choice.logits, { ...choice, labels, samples });
  return { ...first, measured: { set, logits, evaluation } };
}

/** Fails where probabilities cannot be averaged: classes that differ, or outputs that are none. */
function expectSameAnswers(models: readonly NamedFile[]): void {
  const classes = models[0]!.file.classes.join(" ");
  for (const { name, file } of models) {
    const { type } = trainedLoss(file);
    if (file.classes.join(" ") !== classes) {
      throw new DataError(
        `model ${name}: must know the classes of ${models[0]!.name} to answer with it, in the same order, got others`,
      );
    }
    if (type !== "crossEntropy") {
      throw new DataError(
        `model ${name}: must be trained by crossEntropy to answer together with others, got ${type}`,
      );
    }
  }
}
