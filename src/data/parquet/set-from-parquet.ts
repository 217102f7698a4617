import { FormatError } from "../../base/index.js";
import { imagesFromArrays } from "../arrays/images-from-arrays.js";
import { labelsFrom } from "../arrays/labels-from-array.js";
import type { DataFile, DataSet, ImageSet } from "../image-set.js";
import type { ByteSource } from "../zip.js";
import { openParquetImages, type ParquetImages } from "./parquet-images.js";

/** The pixels of a part of a set. */
export type Pixels = Pick<ImageSet, "count" | "height" | "width" | "channels" | "images">;

/** Makes images of one size from `count` files of pictures; decoding is not done in this room. */
export type PictureDecoder = (
  groups: AsyncGenerator<readonly Uint8Array[]>,
  options: { readonly count: number; readonly source: string },
) => Promise<Pixels>;

/** A file's share of a part. */
interface Piece {
  readonly source: string;
  readonly pixels: Pixels;
  readonly labels: Int32Array | readonly string[];
  readonly classes: readonly string[] | undefined;
  readonly notes: readonly string[];
  readonly fromPictures: boolean;
}

/**
 * Makes a data set of Parquet files, of which each part may have several; see {@link openParquetImages}.
 *
 * Classes are called as the files say, else after the labels: texts in alphabetical order, or `0` up to
 * the greatest. Without a test part the training part is both.
 */
export async function setFromParquet(
  {
    train,
    test = [],
  }: { readonly train: readonly ByteSource[]; readonly test?: readonly ByteSource[] },
  {
    name,
    files,
    decode,
  }: {
    readonly name: string;
    readonly files: readonly DataFile[];
    readonly decode: PictureDecoder;
  },
): Promise<DataSet> {
  const pieces: { train: Piece[]; test: Piece[] } = { train: [], test: [] };
  for (const source of train) pieces.train.push(await readPiece(source, decode));
  for (const source of test) pieces.test.push(await readPiece(source, decode));
  const all = [...pieces.train, ...pieces.test];
  const meaning = meaningOf(all);
  const trainSet = joined(pieces.train, meaning);
  const notes = new Set(all.flatMap((piece) => piece.notes));
  return {
    name,
    train: trainSet,
    test: test.length > 0 ? joined(pieces.test, meaning) : trainSet,
    files,
    framing: "mnist",
    fromPictures: all.some((piece) => piece.fromPictures),
    ...(notes.size > 0 && { notes: [...notes] }),
  };
}

async function readPiece(source: ByteSource, decode: PictureDecoder): Promise<Piece> {
  const { labels, classes, images } = await openParquetImages(source);
  const labelsName = `${source.name}: labels`;
  const indices = isTexts(labels) ? numbersIn(labels) : labelsFrom(labels, labelsName);
  const piece = { source: source.name, classes };
  if (images.type === "files") {
    const count = indices.length;
    const pixels = await decode(images.groups(), { count, source: source.name });
    return { ...piece, pixels, labels: indices, notes: [], fromPictures: true };
  }
  const positions = { shape: [indices.length], data: new Int32Array(indices.length) };
  const { notes, ...pixels } = imagesFromArrays({
    images: images.array,
    labels: positions,
    imagesName: `${source.name}: images`,
    labelsName,
  });
  return { ...piece, pixels, labels: indices, notes, fromPictures: false };
}

function isTexts(labels: ParquetImages["labels"]): labels is readonly string[] {
  return Array.isArray(labels);
}

/** Texts that are all plain numbers, as numbers. */
function numbersIn(texts: readonly string[]): Int32Array | readonly string[] {
  return texts.every((text) => /^\d{1,4}$/.test(text)) ? Int32Array.from(texts, Number) : texts;
}

/** The classes of all pieces, and which of them a label means. */
function meaningOf(pieces: readonly Piece[]): {
  classes: readonly string[];
  indexOf: (label: number | string) => number;
} {
  if (pieces.some(({ labels }) => !(labels instanceof Int32Array))) {
    const classes = [...new Set(pieces.flatMap(({ labels }) => Array.from(labels, String)))].sort();
    const indices = new Map(classes.map((name, index) => [name, index]));
    return { classes, indexOf: (label) => indices.get(String(label)) as number };
  }
  let greatest = 0;
  for (const { labels } of pieces) {
    for (const label of labels as Int32Array) if (label > greatest) greatest = label;
  }
  const named = pieces[0].classes;
  const classes =
    named !== undefined && named.length > greatest
      ? named
      : Array.from({ length: greatest + 1 }, (_, label) => String(label));
  return { classes, indexOf: Number };
}

/** The pieces of one part, one after the other. */
function joined(
  pieces: readonly Piece[],
  { classes, indexOf }: ReturnType<typeof meaningOf>,
): ImageSet {
  const [{ pixels: first }] = pieces;
  const size = first.height * first.width * first.channels;
  const count = pieces.reduce((sum, { pixels }) => sum + pixels.count, 0);
  const images = new Uint8Array(count * size);
  const labels = new Int32Array(count);
  let at = 0;
  for (const { pixels, labels: own, source } of pieces) {
    if (
      pixels.height !== first.height ||
      pixels.width !== first.width ||
      pixels.channels !== first.channels
    ) {
      throw new FormatError(
        source,
        `images must have ${first.height}×${first.width}×${first.channels} as those of the other files, got ${pixels.height}×${pixels.width}×${pixels.channels}`,
      );
    }
    images.set(pixels.images, at * size);
    for (let i = 0; i < pixels.count; i++) labels[at + i] = indexOf(own[i]);
    at += pixels.count;
  }
  return { ...first, count, images, labels, classes };
}
