import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { DataSet, ImageSet } from "../data/index.js";
import { mnistFraming, type Preprocessing } from "../nn/index.js";
import { type Framing, modelInput } from "../read/index.js";
import { loadPictureFolder } from "./load-picture-folder.js";

export interface LoadPictureSetOptions {
  /** What the images are framed for: the model's own, or MNIST's if absent. */
  readonly contract?: Preprocessing;
  /** `auto` if absent: a grey picture of the right size is taken as it is, others are read. */
  readonly framing?: Framing;
}

/**
 * Loads a folder of labelled pictures as one set, for training and testing alike.
 *
 * A picture that shows nothing becomes an empty image.
 */
export async function loadPictureSet(
  path: string,
  { contract = mnistFraming(), framing = "auto" }: LoadPictureSetOptions = {},
): Promise<DataSet> {
  const { classes, files, labels, pictures } = await loadPictureFolder(path);
  const { height, width } = contract;
  const images = new Uint8Array(files.length * height * width);
  let index = 0;
  for await (const picture of pictures()) {
    const input = modelInput(picture, contract, framing);
    if (input.status === "glyph") images.set(input.pixels, index * height * width);
    index += 1;
  }
  const set: ImageSet = {
    count: files.length,
    height,
    width,
    channels: 1,
    images,
    labels,
    classes,
  };
  const name = basename(resolve(path));
  const digest = await digestOf(path, files);
  return { name, train: set, test: set, files: [{ name: `${name}/`, sha256: digest }] };
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
