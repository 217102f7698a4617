import { DataError } from "../base/index.js";
import { type ImageSet, imageAt, joinImages, subset } from "../data/index.js";
import type { ModelFile } from "../nn/index.js";
import type { Framing } from "../read/index.js";
import { type DataOptions, loadData } from "./data-options.js";
import type { Io } from "./io.js";
import { modelInputs } from "./model-inputs.js";

export interface ExampleOptions extends Pick<DataOptions, "dataDir" | "offline"> {
  readonly framing: Framing;
}

/**
 * Loads labelled images as a model takes them, from several sources as one; photographs go the way that
 * `inkling read` goes with them. What shows nothing is left out, and told on stderr.
 *
 * @param sources - as `--data` takes them
 * @param part - of each source; all of it where it has no parts
 */
export async function loadExamples(
  file: ModelFile,
  sources: readonly string[],
  { part, options, io }: { part: "train" | "test"; options: ExampleOptions; io: Io },
): Promise<{ name: string; set: ImageSet }> {
  const { framing, ...places } = options;
  const loaded = [];
  for (const data of sources) {
    const from = { ...places, data };
    loaded.push(await loadData(from, io, { contract: file.preprocessing, framing }));
  }
  const sets = loaded.map((data) => (part === "test" && data.test) || data.train);
  const classes = [...new Set(sets.flatMap((set) => set.classes))];
  const images = loaded.map(({ fromPictures }, i) =>
    modelInputs(sets[i]!, { ...file, classes }, fromPictures ? "raw" : framing),
  );
  const name = loaded.map((data) => data.name).join(" + ");
  return { name, set: withoutBlank(joinImages(images), name, io) };
}

function withoutBlank(set: ImageSet, name: string, io: Io): ImageSet {
  const shown = [...set.labels.keys()].filter((i) => {
    const image = imageAt(set, i);
    return image.some((value) => value !== image[0]);
  });
  const blank = set.count - shown.length;
  if (blank === 0) return set;
  if (shown.length === 0) {
    throw new DataError(`${name}: must show characters, got ${blank} pictures of nothing`);
  }
  io.stderr.write(`${name}: left out ${blank} of ${set.count} pictures, which show nothing\n`);
  return subset(set, shown);
}
