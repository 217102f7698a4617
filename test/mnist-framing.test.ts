import { existsSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import type { ImageSet, Picture } from "../src/data/index.js";
import { mnistFraming } from "../src/nn/index.js";
import { loadDataSet, loadPicture } from "../src/node/index.js";
import { frameGlyph } from "../src/read/index.js";
import { greyPicture } from "./pixel-grid.js";

const folder = process.env.INKLING_DATA ?? "";
const COUNT = 100;
const MNIST = mnistFraming();

const imageOf = (set: ImageSet, index: number) =>
  set.images.subarray(784 * index, 784 * (index + 1));

/** Mean likeness (cosine) of images and what framing makes of their pictures; 0 for "nothing". */
async function likeness(
  set: ImageSet,
  pictureOf: (image: Uint8Array) => Picture | Promise<Picture>,
): Promise<number> {
  let sum = 0;
  for (let index = 0; index < COUNT; index++) {
    const image = imageOf(set, index);
    const framed = frameGlyph(await pictureOf(image), MNIST);
    if (framed.status === "glyph") sum += cosine(image, framed.pixels);
  }
  return sum / COUNT;
}

function cosine(a: Uint8Array, b: Uint8Array): number {
  const dot = (p: Uint8Array, q: Uint8Array) => p.reduce((sum, value, i) => sum + value * q[i], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

async function jpegOf(image: Uint8Array, scale: number): Promise<Picture> {
  const raw = { width: 28, height: 28, channels: 1 } as const;
  const enlarged = sharp(image, { raw }).resize(28 * scale, 28 * scale, { kernel: "cubic" });
  return loadPicture(await enlarged.negate().jpeg({ quality: 80 }).toBuffer());
}

const title = "Framing the images of MNIST (skipped unless $INKLING_DATA has it)";
describe.skipIf(folder === "" || !existsSync(join(folder, "mnist")))(title, () => {
  let test: ImageSet;
  beforeAll(async () => {
    test = (await loadDataSet("mnist", { dataDir: folder })).test!;
  });

  it("changes no byte of them as published", async () => {
    for (let index = 0; index < COUNT; index++) {
      const image = imageOf(test, index);
      const picture = greyPicture(28, 28, (x, y) => image[28 * y + x]);
      expect(frameGlyph(picture, MNIST)).toEqual({ status: "glyph", pixels: image });
    }
  });

  it.each([1, 3, 10])(
    "undoes inverting, enlarging %i times and moving to a corner",
    async (scale) => {
      const corner = (image: Uint8Array) =>
        greyPicture(70 * scale, 50 * scale, (x, y) => {
          const [column, row] = [Math.floor(x / scale) - 42, Math.floor(y / scale) - 22];
          return column < 0 || row < 0 ? 255 : 255 - image[28 * row + column];
        });
      expect(await likeness(test, corner)).toBeGreaterThan(0.995);
    },
  );

  it.each([
    [1, 0.99],
    [2, 0.95],
    [4, 0.98],
    [10, 0.99],
  ])(
    "comes through enlarging %i times, inverting and JPEG at a likeness of %f",
    async (scale, least) => {
      expect(await likeness(test, (image) => jpegOf(image, scale))).toBeGreaterThan(least);
    },
  );
});
