import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Random } from "../../src/base/index.js";
import { encodePng, type ImageSet, imageAt, synthetic } from "../../src/data/index.js";
import { idxFile } from "../idx-file.js";

/** Writes a folder of IDX files with few synthetic digits: data that a test can train on. */
export async function writeTinyData(
  folder: string,
  { train, test }: { train: number; test: number },
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const random = new Random(7);
  await writeIdxPair(folder, "train", synthetic({ count: train, random }));
  await writeIdxPair(folder, "t10k", synthetic({ count: test, random }));
}

/** Writes a folder of IDX files with synthetic digits twice as large as usual, dark on light. */
export async function writeLargeData(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeIdxPair(folder, "t10k", enlarged(synthetic({ count, random: new Random(9) }), 2));
}

/** Writes synthetic digits as a scanner gives them, large, dark on white: `0.png` … `9.png`. */
export async function writePictures(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const set = enlarged(synthetic({ count: 10, random: new Random(3) }), 4);
  for (let i = 0; i < set.count; i++) {
    const png = await encodePng(imageAt(set, i), set);
    await writeFile(join(folder, `${set.labels[i]}.png`), png);
  }
}

/** Grey images `scale` times as large, dark on light. */
function enlarged(set: ImageSet, scale: number): ImageSet {
  const [width, height] = [set.width * scale, set.height * scale];
  const images = new Uint8Array(set.count * height * width);
  for (let pixel = 0; pixel < images.length; pixel++) {
    const x = Math.floor((pixel % width) / scale);
    const y = Math.floor((Math.floor(pixel / width) % height) / scale);
    const image = Math.floor(pixel / (width * height));
    images[pixel] = 255 - set.images[(image * set.height + y) * set.width + x]!;
  }
  return { ...set, height, width, images };
}

async function writeIdxPair(folder: string, part: string, set: ImageSet): Promise<void> {
  const images = idxFile([set.count, set.height, set.width], set.images);
  const labels = idxFile([set.count], set.labels);
  await writeFile(join(folder, `${part}-images-idx3-ubyte`), images);
  await writeFile(join(folder, `${part}-labels-idx1-ubyte`), labels);
}
