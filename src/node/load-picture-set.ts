import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { DataFile, DataSet, ImageSet } from "../data/index.js";
import { mnistFraming, type Preprocessing } from "../nn/index.js";
import { type Framing, modelInput } from "../read/index.js";
import { listFolder, naturalOrder } from "./list-folder.js";
import { loadPictureFolder, type PictureFolder } from "./load-picture-folder.js";

export interface LoadPictureSetOptions {
  /** What the images are framed for: the model's own, or MNIST's if absent. */
  readonly contract?: Preprocessing;
  /** `auto` if absent: a grey picture of the right size is taken as it is, others are read. */
  readonly framing?: Framing;
}

/**
 * Loads a folder of labelled pictures: as one set, for training and testing alike, or as two where it
 * holds nothing but a folder `train` and a folder `test`, each with a sub-folder a label.
 *
 * A picture that shows nothing becomes an empty image.
 */
export async function loadPictureSet(
  path: string,
  options: LoadPictureSetOptions = {},
): Promise<DataSet> {
  const name = basename(resolve(path));
  const parts = (await isSplit(path)) ? ["train/", "test/"] : [""];
  const { framing } = options.contract ?? mnistFraming();
  const folders = await Promise.all(parts.map((part) => loadPictureFolder(join(path, part))));
  const labels = new Set(folders.flatMap((folder) => folder.classes));
  const classes = [...labels].sort(naturalOrder);
  const sets: ImageSet[] = [];
  const files: DataFile[] = [];
  for (const [index, folder] of folders.entries()) {
    const part = parts[index]!;
    sets.push(await framedImages(folder, classes, options));
    files.push({ name: `${name}/${part}`, sha256: await digestOf(join(path, part), folder.files) });
  }
  const [train, test = train] = sets as [ImageSet, ImageSet?];
  return { name, train, test, files, framing, fromPictures: true };
}

/** Whether a folder holds a part for training and one for testing, not two labels of such names. */
async function isSplit(path: string): Promise<boolean> {
  const { folders } = await listFolder(path);
  if (folders.join() !== "test,train") return false;
  const parts = await Promise.all(folders.map((part) => listFolder(join(path, part))));
  return parts.every((part) => part.folders.length > 0);
}

/** @param classes - those of the folder among them */
async function framedImages(
  folder: PictureFolder,
  classes: readonly string[],
  { contract = mnistFraming(), framing = "auto" }: LoadPictureSetOptions,
): Promise<ImageSet> {
  const count = folder.files.length;
  const { height, width } = contract;
  const images = new Uint8Array(count * height * width);
  let index = 0;
  for await (const picture of folder.pictures()) {
    const input = modelInput(picture, contract, { framing });
    if (input.status === "glyph") images.set(input.pixels, index * height * width);
    index += 1;
  }
  const labels = folder.labels.map((label) => classes.indexOf(folder.classes[label]!));
  return { count, height, width, channels: 1, images, labels, classes };
}

/** One digest for a whole folder: of the names and digests of its files, in order. */
async function digestOf(path: string, files: readonly string[]): Promise<string> {
  const whole = createHash("sha256");
  for (const file of files) {
    const digest = createHash("sha256").update(await readFile(join(path, file)));
    whole.update(`${digest.digest("hex")}  ${file}\n`);
  }
  return whole.digest("hex");
}
