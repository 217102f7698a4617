import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Random } from "../../src/base/index.js";
import { encodePng, type ImageSet, synthetic } from "../../src/data/index.js";
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

/** Writes synthetic digits as a scanner gives them, large, dark on white: `0.png` … `9.png`. */
export async function writePictures(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { images, labels, width, height, count } = synthetic({ count: 10, random: new Random(3) });
  const scale = 4;
  for (let i = 0; i < count; i++) {
    const pixels = Uint8Array.from({ length: width * height * scale * scale }, (_, pixel) => {
      const y = Math.floor(pixel / (width * scale) / scale);
      const x = Math.floor((pixel % (width * scale)) / scale);
      return 255 - images[(i * height + y) * width + x];
    });
    const png = await encodePng(pixels, width * scale, height * scale);
    await writeFile(join(folder, `${labels[i]}.png`), png);
  }
}

async function writeIdxPair(folder: string, part: string, set: ImageSet): Promise<void> {
  const images = idxFile([set.count, set.height, set.width], set.images);
  const labels = idxFile([set.count], set.labels);
  await writeFile(join(folder, `${part}-images-idx3-ubyte`), images);
  await writeFile(join(folder, `${part}-labels-idx1-ubyte`), labels);
}
