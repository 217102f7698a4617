import { basename, extname, join, resolve } from "node:path";
import { DataError } from "../base/index.js";
import { type DataFile, type DataSet, type PictureDecoder, setFromParquet } from "../data/index.js";
import { mnistFraming } from "../nn/index.js";
import { modelInput } from "../read/index.js";
import { fileSource } from "./file-source.js";
import { listFolder } from "./list-folder.js";
import { digestOf } from "./load-array-files.js";
import { loadPicture } from "./load-picture.js";
import type { LoadPictureSetOptions } from "./load-picture-set.js";

/** Pictures decoded at a time: the decoder has threads of its own. */
const TOGETHER = 64;
const PARTS: readonly [part: "train" | "test", name: RegExp][] = [
  ["test", /(^|[^a-z])(test|t10k)([^a-z]|$)/i],
  ["train", /(^|[^a-z])train(ing)?([^a-z]|$)/i],
];

/** Whether a file calls itself Parquet. */
export function isParquetName(name: string): boolean {
  return /\.(parquet|pq)$/i.test(name);
}

/** Loads a Parquet file of labelled images, which serves as training and test set alike. */
export function loadParquetFile(
  path: string,
  options: LoadPictureSetOptions = {},
): Promise<DataSet> {
  return loadParts(basename(path, extname(path)), { train: [path], test: [] }, options);
}

/**
 * Loads a folder of Parquet files: those called `train…` and `test…` are the parts, each of one file
 * or several (`train-00000-of-00002.parquet`), others are passed over; or a single file is both.
 * `undefined` if it holds none.
 */
export async function loadParquetFolder(
  path: string,
  options: LoadPictureSetOptions = {},
): Promise<DataSet | undefined> {
  const files = (await listFolder(path)).files.filter(isParquetName);
  if (files.length === 0) return undefined;
  const parts: Record<"train" | "test", string[]> = { train: [], test: [] };
  for (const file of files) {
    const [part] = PARTS.find(([, name]) => name.test(file)) ?? [];
    if (part !== undefined) parts[part].push(join(path, file));
  }
  if (parts.train.length === 0) {
    if (files.length > 1) {
      throw new DataError(
        `${path}: must hold one Parquet file, or files called train… and test…, got ${files.slice(0, 5).join(", ")}`,
      );
    }
    parts.train = [join(path, files[0]!)];
    parts.test = [];
  }
  return loadParts(basename(resolve(path)), parts, options);
}

async function loadParts(
  name: string,
  paths: Record<"train" | "test", readonly string[]>,
  options: LoadPictureSetOptions,
): Promise<DataSet> {
  const files: DataFile[] = [];
  for (const path of [...paths.train, ...paths.test]) {
    files.push({ name: basename(path), sha256: await digestOf(path) });
  }
  const train = await Promise.all(paths.train.map(fileSource));
  const test = await Promise.all(paths.test.map(fileSource));
  return setFromParquet({ train, test }, { name, files, decode: decoderFor(options) });
}

/** Pictures are read as those in a folder are: grey ones of the right size are taken as they are. */
function decoderFor({
  contract = mnistFraming(),
  framing = "auto",
}: LoadPictureSetOptions): PictureDecoder {
  return async (groups, { count, source }) => {
    const { height, width } = contract;
    const images = new Uint8Array(count * height * width);
    let row = 0;
    for await (const group of groups) {
      for (let start = 0; start < group.length; start += TOGETHER) {
        const batch = group.slice(start, start + TOGETHER);
        const first = row;
        row += batch.length;
        const pictures = await Promise.all(
          batch.map((bytes, at) => loadPicture(bytes, `${source}: picture in row ${first + at}`)),
        );
        for (const [at, picture] of pictures.entries()) {
          const input = modelInput(picture, contract, { framing });
          if (input.status === "glyph") images.set(input.pixels, (first + at) * height * width);
        }
      }
    }
    return { count, height, width, channels: 1, images };
  };
}
