import { DataError, FormatError, Random } from "../base/index.js";
import { dataSetCatalog, type ImageSet, joinImages, parseMixture } from "../data/index.js";
import { type ModelFile, schema } from "../nn/index.js";
import { answersOf } from "../read/index.js";
import { drawnRehearsal } from "../train/index.js";
import { type DataOptions, loadData } from "./data-options.js";
import type { Io } from "./io.js";
import { modelInputs } from "./model-inputs.js";

/** Images drawn where none of the old ones are at hand. */
const DRAWN = 4000;

/** What a model was trained and tested on, as far as it is at hand. */
export interface KnownData {
  /** Where the test images are from; `drawn` where they had to be drawn. */
  readonly name: string;
  /** Training images; none where they had to be drawn. */
  readonly train: ImageSet | undefined;
  /** None where they cannot be drawn either. */
  readonly test: ImageSet | undefined;
}

/**
 * Loads the sets that a model's record names, as the model takes them, without fetching anything; draws test
 * images of its classes where there are none.
 */
export async function knownData(
  file: ModelFile,
  { dataDir, seed }: Pick<DataOptions, "dataDir"> & { readonly seed: number },
  io: Io,
): Promise<KnownData> {
  const found: { name: string; train: ImageSet; test: ImageSet }[] = [];
  for (const data of recordedSets(file)) {
    try {
      const options = { data, ...(dataDir !== undefined && { dataDir }), offline: true };
      const { train, test } = await loadData(options, io, { contract: file.preprocessing });
      if (test === undefined) continue;
      const name = data.slice(data.indexOf(":") + 1);
      found.push({
        name,
        train: modelInputs(train, file, "auto"),
        test: modelInputs(test, file, "auto"),
      });
    } catch (error) {
      // Not at hand, or of other classes than the model has by now.
      if (!(error instanceof DataError || error instanceof FormatError)) throw error;
    }
  }
  if (found.length === 0) {
    const random = new Random(seed).fork("drawn test");
    const characters = { ...file, classes: answersOf(file.classes) };
    const test = drawnRehearsal(characters, { count: DRAWN, random });
    return { name: "drawn", train: undefined, test: test && { ...test, classes: file.classes } };
  }
  return {
    name: found.map(({ name }) => name).join(" + "),
    train: joinImages(found.map(({ train }) => train)),
    test: joinImages(found.map(({ test }) => test)),
  };
}

/** Named sets that the model learned from, without what was drawn for it: `digits:mnist`. */
function recordedSets({ record }: ModelFile): string[] {
  const name = schema.isObject(record.data) ? record.data.name : undefined;
  if (typeof name !== "string") return [];
  const isNamed = (set: string) => dataSetCatalog.some((entry) => entry.name === set);
  const mixture = mixtureOf(name);
  if (mixture === undefined) return isNamed(name) ? [name] : [];
  const parts = mixture.parts.map((part) => part.name).filter(isNamed);
  return parts.map((part) => `${mixture.selection}:${part}`);
}

/** A record may hold anything. */
function mixtureOf(name: string): ReturnType<typeof parseMixture> {
  try {
    return parseMixture(name);
  } catch {
    return undefined;
  }
}
