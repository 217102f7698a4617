import { join } from "node:path";
import { DataError, Random } from "../base/index.js";
import {
  type DataFile,
  type DataSet,
  dataSetCatalog,
  type ImageSet,
  joinImages,
  type MixturePart,
  type MixtureRequest,
  notCharacters,
  redraw,
  type Selection,
  type StrokeGlyph,
  selectImages,
  synthetic,
} from "../data/index.js";
import { type LoadNamedSetOptions, loadNamedSet } from "./load-named-set.js";
import { loadStrokes } from "./load-strokes.js";
import { loadWriters } from "./load-writers.js";
import { locateDataSet } from "./locate-data-set.js";

/** Images of a part that is drawn, each time that it counts. */
const SYNTHETIC = 20_000;
const OTHERS = 20_000;
/** Writers of `unipen` are below; all other images have a number each, from here on. */
const FIRST_LONER = 1_000_000;

/** A set of one part of a mixture. */
interface Part {
  readonly train: ImageSet;
  readonly test?: ImageSet;
  /** Who wrote each training image; nobody knows if absent. */
  readonly writers?: Int32Array;
  /** How often the same training images follow each other; once if absent. */
  readonly copies?: number;
  readonly files?: readonly DataFile[];
}

interface Source {
  readonly selection: Selection;
  readonly times: number;
  readonly random: Random;
  readonly options: LoadNamedSetOptions;
  /** The training characters of `unipen`, loaded once. */
  strokes(): Promise<readonly StrokeGlyph[]>;
}

/** What is drawn for a mixture. */
const drawn: Readonly<Record<string, (source: Source) => Promise<Part>>> = {
  redrawn,
  others: async ({ selection, times, random, strokes }) => ({
    train: notCharacters({ count: times * OTHERS, selection, glyphs: await strokes(), random }),
  }),
  synthetic: async ({ selection, times, random }) => {
    const set = synthetic({ count: times * SYNTHETIC, alphabet: selection, random });
    return { train: selectImages(set, selection).set };
  },
};

/**
 * Loads several sets as one: those of the catalogue, of which the characters of the selection are
 * taken; `redrawn`, the training characters of `unipen` drawn anew from their strokes; `synthetic`; and
 * `others`, images of none of the characters, which add the class of such.
 *
 * The test images are those of the catalogue's sets. Every image has a writer, of its own where
 * nobody knows, so that splits keep the copies of a character together.
 */
export async function loadMixture(
  { selection, parts }: MixtureRequest,
  { seed, name, ...options }: LoadNamedSetOptions & { seed: number; name: string },
): Promise<DataSet> {
  const random = new Random(seed).fork("mixture");
  let loading: Promise<readonly StrokeGlyph[]> | undefined;
  const strokes = () => (loading ??= loadStrokes("train", options));
  const loaded: Part[] = [];
  for (const part of parts) {
    const source = { selection, times: part.times, random: random.fork(part.name), options };
    loaded.push(await loadPart(part, { ...source, strokes }));
  }
  const tests = loaded.flatMap(({ test }) => test ?? []);
  let loner = FIRST_LONER;
  const writers = loaded.flatMap(({ train, copies = 1, writers }) => {
    const once = train.count / copies;
    const first = loner;
    loner += once;
    return Array.from(
      writers ?? { length: train.count },
      (writer, i) => writer ?? first + (i % once),
    );
  });
  const train = joinImages(loaded.map((part) => part.train));
  return {
    name,
    train,
    test: tests.length > 0 ? { ...joinImages(tests), classes: train.classes } : undefined,
    files: loaded.flatMap(({ files = [] }) => files),
    framing: "mnist",
    fromPictures: false,
    writers: Int32Array.from(writers),
  };
}

async function loadPart({ name, times }: MixturePart, source: Source): Promise<Part> {
  if (Object.hasOwn(drawn, name)) return drawn[name]!(source);
  const entry = dataSetCatalog.find((known) => known.name === name);
  if (entry === undefined) {
    const names = [...dataSetCatalog.map((known) => known.name), ...Object.keys(drawn)].join(", ");
    throw new DataError(`data set ${name}: a part must be one of ${names}`);
  }
  const { selection, options } = source;
  const set = await loadNamedSet(entry, { ...options, writers: entry.writers !== undefined });
  const { set: once, indices } = selectImages(set.train, selection);
  const { writers } = set;
  const repeated = <T>(value: T) => new Array<T>(times).fill(value);
  return {
    train: joinImages(repeated(once)),
    copies: times,
    ...(set.test && { test: selectImages(set.test, selection).set }),
    ...(writers && {
      writers: Int32Array.from(repeated(indices).flat(), (index) => writers[index]!),
    }),
    files: set.files,
  };
}

async function redrawn({ selection, times, random, strokes, options }: Source): Promise<Part> {
  const glyphs = await strokes();
  const { set, indices } = redraw(glyphs, { selection, times, random });
  const unipen = dataSetCatalog.find(({ name }) => name === "unipen")!;
  const { folder } = (await locateDataSet(unipen, options))!;
  const writers = await loadWriters(join(folder, unipen.writers!), glyphs.length);
  return { train: set, writers: indices.map((index) => writers[index]!) };
}
