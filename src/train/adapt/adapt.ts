import { NOT_A_CHARACTER, Random } from "../../base/index.js";
import { type ImageSet, lightAugmentation } from "../../data/index.js";
import type { ModelFile } from "../../nn/index.js";
import type { Adaptation, AdaptedPart, AdaptOptions } from "./adapt-options.js";
import {
  joinedClasses,
  labelledBy,
  ofClasses,
  withClasses,
  withoutEmptyClasses,
} from "./add-classes.js";
import { expectExamples } from "./expect-examples.js";
import { headTeacher } from "./head-teacher.js";
import { learnAndHoldOut } from "./hold-out.js";
import type { TeachSettings } from "./teacher.js";
import { wholeTeacher } from "./whole-teacher.js";

/** What was best for writers the model had not met; see "Learning a new hand" in docs/results.md. */
const settings: Readonly<Record<AdaptedPart, TeachSettings>> = {
  head: { epochs: 10, learningRate: 0.001, pull: 0.001, augmentation: lightAugmentation },
  all: { epochs: 8, learningRate: 0.001, pull: 0.001, augmentation: lightAugmentation },
};

/**
 * Teaches a model that reads pictures another hand, or more characters, from few examples.
 *
 * How well it reads them then is found on examples held out: of 1,000 and more a fifth is never learned
 * from; of fewer each fifth is read by a model that learned from the others, and the model handed out
 * learned from all. Same seed, same bits, whatever the number of threads.
 *
 * @param given - examples: images as the model takes them; classes are matched by name, and those it does not
 * know are added
 * @throws {DataError} where the examples cannot be learned from, or the model has no dense last layer
 */
export async function adapt(
  file: ModelFile,
  given: ImageSet,
  options: AdaptOptions,
): Promise<Adaptation> {
  const examples = withoutEmptyClasses(given);
  const { only = "head", classes: plan = "add", seed, backend, signal, onProgress } = options;
  expectExamples(file, examples);
  const kept = file.classes.filter((name) => plan === "add" || name === NOT_A_CHARACTER);
  const classes = joinedClasses(kept, examples.classes);
  const start = withClasses(file, file.classes, classes);
  const set = labelledBy(examples, classes);
  const rehearsal = options.rehearsal && ofClasses(options.rehearsal, classes);
  const how = { ...settings[only], ...(options.epochs && { epochs: options.epochs }) };
  const lesson = { ...how, examples: set, rehearsal, seed, backend, signal };
  const teach =
    only === "head"
      ? await headTeacher(start, lesson, (share) => onProgress?.("looking at the examples", share))
      : wholeTeacher(start, lesson);
  const { weights, heldOut } = await learnAndHoldOut(start, set, {
    teach,
    random: new Random(seed).fork("held"),
    backend,
    onShare: (share) => onProgress?.("learning", share),
  });
  const { augmentation, ...told } = how;
  const adaptation = {
    only,
    ...told,
    seed,
    classes: examples.classes,
    examples: examples.count,
    rehearsal: rehearsal?.count ?? 0,
    heldOut: { how: heldOut.how, images: heldOut.labels.length, ...heldOut.accuracy },
  };
  const before = Array.isArray(file.record.adaptations) ? file.record.adaptations : [];
  const record = { ...file.record, adaptations: [...before, adaptation] };
  return { file: { ...file, model: start.model, weights, classes, record }, heldOut };
}
