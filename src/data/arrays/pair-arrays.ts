import { FormatError } from "../../base/index.js";

/** The names of the arrays that hold images and their labels. */
export interface ArrayPair {
  readonly images: string;
  readonly labels: string;
}

export interface PairedArrays {
  readonly train: ArrayPair;
  /** Absent where the names tell of no second part. */
  readonly test?: ArrayPair;
}

export type Kind = "images" | "labels";
type Part = "train" | "test" | "other";

const KINDS: Readonly<Record<string, Kind>> = {
  ...of("images", ["x", "image", "images", "img", "imgs", "data", "feature", "features", "pixels"]),
  ...of("labels", ["y", "label", "labels", "target", "targets", "class", "classes"]),
};
const PARTS: Readonly<Record<string, Part>> = {
  ...of("train", ["train", "training", "tr"]),
  ...of("test", ["test", "testing", "t10k", "te"]),
  ...of("other", ["val", "valid", "validation", "dev"]),
};

function of<T>(value: T, words: readonly string[]): Record<string, T> {
  return Object.fromEntries(words.map((word) => [word, value]));
}

/**
 * Finds images and labels by the names of arrays: `x_train` and `y_train` (Keras), `trainX` and
 * `trainY`, `train_images` and `train_labels`, `X` and `y`, `images` and `labels`, `data` and
 * `target`; the same with `test`. Arrays of other names, and validation parts, are passed over.
 *
 * @param source - what to call the file in errors
 */
export function pairArrays(names: readonly string[], source: string): PairedArrays {
  const found = new Map<string, string>();
  for (const name of names) {
    const meaning = meaningOf(name);
    if (meaning === undefined) continue;
    const other = found.get(meaning);
    if (other !== undefined) {
      throw new FormatError(source, `must leave no doubt, got both ${other} and ${name}`);
    }
    found.set(meaning, name);
  }
  const pair = (part: string): ArrayPair | undefined => {
    const images = found.get(`${part} images`);
    const labels = found.get(`${part} labels`);
    if ((images === undefined) !== (labels === undefined)) {
      const lacks = images === undefined ? `images to ${labels}` : `labels to ${images}`;
      throw new FormatError(source, `must hold ${lacks}, got ${listed(names)}`);
    }
    return images === undefined || labels === undefined ? undefined : { images, labels };
  };
  const test = pair("test");
  const train = pair("train") ?? pair("") ?? test;
  if (train === undefined) {
    throw new FormatError(
      source,
      `must hold images and labels named as x_train and y_train, images and labels, or X and y, got ${listed(names)}`,
    );
  }
  return test === undefined || test === train ? { train } : { train, test };
}

/** `train images`, ` labels` … or nothing that counts. */
function meaningOf(name: string): string | undefined {
  const words = wordsOf(name);
  const kinds = new Set(words.map((word) => KINDS[word]).filter((kind) => kind !== undefined));
  const parts = new Set(words.map((word) => PARTS[word]).filter((part) => part !== undefined));
  const [kind] = kinds;
  const [part = ""] = parts;
  if (kinds.size !== 1 || parts.size > 1 || part === "other") return undefined;
  return `${part} ${kind}`;
}

/** `trainX` and `train_x` are `train` and `x`. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/^([xy])(train|test|val)/, "$1_$2")
    .split(/[^a-z0-9]+/);
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return "no array";
  const shown = names.slice(0, 8).map((name) => name.slice(0, 40));
  return names.length > 8 ? `${shown.join(", ")} … (${names.length} arrays)` : shown.join(", ");
}

/** Whether a name says that there are images or labels. */
export function kindOf(name: string): Kind | undefined {
  return meaningOf(name)?.split(" ")[1] as Kind | undefined;
}

/** The array with the labels to the images called `name`: one called the same but for that word. */
export function labelsFor(name: string, names: readonly string[]): string | undefined {
  const rest = (text: string): string =>
    wordsOf(text)
      .filter((word) => KINDS[word] === undefined)
      .join(" ");
  if (kindOf(name) !== "images") return undefined;
  return names.find((other) => kindOf(other) === "labels" && rest(other) === rest(name));
}
