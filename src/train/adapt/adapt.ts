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

/**
 * What was best for writers and letters that the model had not met, all of unipen's training set;
 * `npm run bench:adapt` measures it on those of the test set.
 */
const settings: Readonly<Record<AdaptedPart, Omit<TeachSettings, "pull">>> = {
  head: { epochs: 20, learningRate: 0.002, augmentation: lightAugmentation },
  all: { epochs: 8, learningRate: 0.001, augmentation: lightAugmentation },
};

/** Pull towards the old weights where the old classes are kept; it costs nothing there, and saves some of them. */
const PULL = 0.001;

/** How many parts examples are divided into, of which some are held out: fewer where learning takes long. */
const parts: Readonly<Record<AdaptedPart, number>> = { head: 5, all: 3 };

/**
 * Teaches a model that reads pictures another hand, or more characters, from few examples.
 *
 * How well it reads them then is foretold by models that learned from a part and read the rest: of 1,000
 * examples and more, one; of fewer, one for each part. The model handed out learned from all. Same seed, same bits, whatever the number of threads.
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
  const pull = plan === "add" ? PULL : 0;
  const { epochs = settings[only].epochs } = options;
  const how = { ...settings[only], epochs, pull };
  const lesson = { ...how, examples: set, rehearsal, seed, backend, signal };
  const onLooking = (share: number) => onProgress?.("looking at the examples", share);
  const teach =
    only === "head"
      ? await headTeacher(start, lesson, onLooking)
      : await wholeTeacher(start, { ...lesson, head: { ...settings.head, pull } }, onLooking);
  const { weights, heldOut } = await learnAndHoldOut(start, set, {
    teach,
    parts: parts[only],
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
