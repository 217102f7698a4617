import { FormatError } from "../../base/index.js";
import type { NumericArray } from "../arrays/numeric-array.js";
import { kindOf } from "../arrays/pair-arrays.js";
import type { ByteSource } from "../zip.js";
import type { Leaf } from "./metadata.js";
import { openParquet, type ParquetFile } from "./open-parquet.js";

/** Labelled images as a Parquet file holds them. */
export interface ParquetImages {
  /** Per image a whole number, or a text. */
  readonly labels: NumericArray | readonly string[];
  /** Names of the classes, where the file tells them. */
  readonly classes: readonly string[] | undefined;
  /** The pixels, or the files of pictures (PNG, JPEG …), by groups of rows. */
  readonly images:
    | { readonly type: "pixels"; readonly array: NumericArray }
    | { readonly type: "files"; groups(): AsyncGenerator<readonly Uint8Array[]> };
}

/** Most pixels of one file: 340,000 images of 28×28. */
const MAX_PIXELS = 2 ** 28;
/** Most bytes of a label that is a text. */
const MAX_LABEL_BYTES = 200;
/** What the files of pictures begin with: PNG, JPEG, WebP. */
const PICTURE_STARTS = ["\x89PNG", "\xff\xd8\xff", "RIFF"];

/**
 * Finds images and labels in a Parquet file by the names of its columns.
 *
 * Images are a column `image` (or `images`, `pixels`, `x` …): files of pictures as Hugging Face keeps
 * them, a structure `{bytes, path}`; pixels as bytes; lists of numbers, in lists or not; or else
 * all other columns of numbers, a pixel each. Labels are a column `label` (or `labels`, `target`, `class`, `y`).
 */
export async function openParquetImages(source: ByteSource): Promise<ParquetImages> {
  const file = await openParquet(source);
  const { leaves } = file;
  const label = theOne(leaves.filter(isOf("labels")), "labels, as a column label", file, source);
  const labels = await labelsOf(file, label, source);
  const classes = classNames(file, label.path[0]);
  const named = leaves.filter(isOf("images"));
  if (named.length === 0) {
    const array = await columnsAsPixels(file, label, source);
    return { labels, classes, images: { type: "pixels", array } };
  }
  const bytes = named.filter(({ path }) => path.length === 1 || path.at(-1) === "bytes");
  const image = theOne(
    named.length === 1 ? named : bytes,
    "images, as one column image",
    file,
    source,
  );
  if (image.type !== "BYTE_ARRAY" && image.type !== "FIXED_LEN_BYTE_ARRAY") {
    return { labels, classes, images: { type: "pixels", array: await file.numbers(image) } };
  }
  if (await holdsPictures(file, image)) {
    return { labels, classes, images: { type: "files", groups: () => file.blobs(image) } };
  }
  return {
    labels,
    classes,
    images: { type: "pixels", array: await bytesAsPixels(file, image, source) },
  };
}

function isOf(kind: "images" | "labels"): (leaf: Leaf) => boolean {
  return ({ path: [top] }) => kindOf(top) === kind;
}

function theOne(
  found: readonly Leaf[],
  what: string,
  { leaves }: ParquetFile,
  source: ByteSource,
): Leaf {
  const [first, ...others] = found;
  if (first !== undefined && others.length === 0) return first;
  const paths = (first === undefined ? leaves : found).map(({ path }) => path.join("."));
  const shown = paths.slice(0, 8).join(", ") + (paths.length > 8 ? " …" : "");
  throw new FormatError(source.name, `must hold ${what}, got the columns ${shown}`);
}

async function labelsOf(
  file: ParquetFile,
  leaf: Leaf,
  source: ByteSource,
): Promise<ParquetImages["labels"]> {
  if (leaf.type !== "BYTE_ARRAY") return file.numbers(leaf);
  const decoder = new TextDecoder();
  const texts: string[] = [];
  for await (const group of file.blobs(leaf)) {
    for (const text of group) {
      if (text.length > MAX_LABEL_BYTES) {
        throw new FormatError(
          source.name,
          `a label must have at most ${MAX_LABEL_BYTES} bytes, got ${text.length} in row ${texts.length}`,
        );
      }
      texts.push(decoder.decode(text));
    }
  }
  return texts;
}

async function holdsPictures(file: ParquetFile, leaf: Leaf): Promise<boolean> {
  for await (const [first] of file.blobs(leaf)) {
    if (first === undefined) continue;
    const start = String.fromCharCode(...first.subarray(0, 4));
    return PICTURE_STARTS.some((mark) => start.startsWith(mark));
  }
  return false;
}

/** Rows of bytes, equally long, as pixels `[rows, length]`. */
async function bytesAsPixels(
  file: ParquetFile,
  leaf: Leaf,
  source: ByteSource,
): Promise<NumericArray> {
  const rows: Uint8Array[] = [];
  for await (const group of file.blobs(leaf)) {
    for (const row of group) rows.push(row);
  }
  const length = rows[0]?.length ?? 0;
  const data = new Uint8Array(pixelCount(rows.length, length, source));
  for (const [index, row] of rows.entries()) {
    if (row.length !== length) {
      throw new FormatError(
        source.name,
        `images that are no files of pictures must have ${length} bytes each, got ${row.length} in row ${index}`,
      );
    }
    data.set(row, index * length);
  }
  return { shape: [rows.length, length], data };
}

/** Every other column of plain numbers as a pixel, in the order of the file. */
async function columnsAsPixels(
  file: ParquetFile,
  label: Leaf,
  source: ByteSource,
): Promise<NumericArray> {
  const pixels = file.leaves.filter(
    (leaf) => leaf !== label && leaf.path.length === 1 && /^(INT|FLOAT|DOUBLE)/.test(leaf.type),
  );
  if (pixels.length === 0) {
    const names = file.leaves.map(({ path }) => path.join(".")).join(", ");
    throw new FormatError(
      source.name,
      `must hold images, as a column image or a column for each pixel, got the columns ${names.slice(0, 200)}`,
    );
  }
  const data = new Float32Array(pixelCount(file.rows, pixels.length, source));
  for (const [column, leaf] of pixels.entries()) {
    const { data: values } = await file.numbers(leaf);
    for (let row = 0; row < file.rows; row++) data[row * pixels.length + column] = values[row];
  }
  return { shape: [file.rows, pixels.length], data };
}

function pixelCount(rows: number, length: number, { name }: ByteSource): number {
  if (rows * length <= MAX_PIXELS) return rows * length;
  throw new FormatError(
    name,
    `must have at most ${MAX_PIXELS} pixels, got ${rows} rows of ${length}`,
  );
}

/** The names of classes that Hugging Face keeps in the notes of a file. */
function classNames({ notes }: ParquetFile, column: string): readonly string[] | undefined {
  let noted: unknown;
  try {
    noted = JSON.parse(notes.get("huggingface") ?? "{}");
  } catch {
    return undefined;
  }
  const names = (noted as Noted | null)?.info?.features?.[column]?.names;
  const isList = Array.isArray(names) && names.every((name) => typeof name === "string");
  return isList && new Set(names).size === names.length ? names : undefined;
}

interface Noted {
  readonly info?: { readonly features?: Readonly<Record<string, { readonly names?: unknown }>> };
}
