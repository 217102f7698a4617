import { describe, expect, it } from "vitest";
import { Random } from "../src/base/index.js";
import { encodePng, resample } from "../src/data/index.js";
import { wasmBackend } from "../src/engine/index.js";
import { loadDataSet, loadModel, loadPicture, threadHost } from "../src/node/index.js";
import { createReader } from "../src/read/index.js";

const mnist = await loadDataSet("mnist", { offline: true }).catch(() => undefined);
const COUNT = 1000;

/** An image enlarged `scale` times, every pixel a square, laid into the corner of a larger sheet. */
function sheetOf(
  image: Uint8Array,
  { scale, corner, inverted }: { scale: number; corner: number; inverted: boolean },
): { pixels: Uint8Array; side: number } {
  const size = 28 * scale;
  const side = Math.round(size * 1.7);
  const left = corner % 2 === 0 ? 0 : side - size;
  const top = corner < 2 ? 0 : side - size;
  const pixels = new Uint8Array(side * side);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const ink = image[Math.floor(y / scale) * 28 + Math.floor(x / scale)];
      pixels[(top + y) * side + left + x] = ink;
    }
  }
  return { pixels: inverted ? pixels.map((value) => 255 - value) : pixels, side };
}

/** An image cropped to its ink and enlarged `scale` times, every pixel a square. */
function croppedOf(
  image: Uint8Array,
  { scale, inverted }: { scale: number; inverted: boolean },
): { pixels: Uint8Array; width: number; height: number } {
  const columns = [...image.keys()].filter((at) => image[at] > 0).map((at) => at % 28);
  const rows = [...image.keys()].filter((at) => image[at] > 0).map((at) => Math.floor(at / 28));
  const [left, top] = [Math.min(...columns), Math.min(...rows)];
  const width = scale * (Math.max(...columns) + 1 - left);
  const height = scale * (Math.max(...rows) + 1 - top);
  const pixels = Uint8Array.from({ length: width * height }, (_, at) => {
    const x = left + Math.floor((at % width) / scale);
    const y = top + Math.floor(at / width / scale);
    return inverted ? 255 - image[28 * y + x] : image[28 * y + x];
  });
  return { pixels, width, height };
}

/** The box of 20×20 of an image brought to `size` pixels, as other sets of digits come. */
function boxOf(image: Uint8Array, size: number): Uint8Array {
  const plane = { width: 28, height: 28, data: Float32Array.from(image) };
  const cells = { start: 4, size: 20 / size, count: size };
  const whole = { left: 0, top: 0, right: 28, bottom: 28 };
  return Uint8Array.from(resample(plane, whole, cells, cells).data, Math.round);
}

describe("the bundled model digits", () => {
  it.skipIf(mnist?.test === undefined).each([16, 20])(
    "reads 98 of 100 of them cut to their box of %i pixels (needs MNIST)",
    async (size) => {
      const test = mnist!.test!;
      const reader = await createReader(
        await loadModel("digits"),
        await wasmBackend({ threads: 1 }),
      );
      let right = 0;
      for (let i = 0; i < 200; i++) {
        const image = test.images.subarray(50 * i * 784, (50 * i + 1) * 784);
        const pixels = await encodePng(boxOf(image, size), { width: size, height: size });
        const [reading] = reader.read([await loadPicture(pixels)]);
        if (reading.label === test.classes[test.labels[50 * i]]) right += 1;
      }
      reader.close();
      expect(right).toBeGreaterThanOrEqual(196);
    },
  );

  it.skipIf(mnist?.test === undefined)(
    "reads 99 of 100 MNIST test digits as PNGs, ×1 to ×10, inverted, in a corner (skipped where MNIST is not at hand)",
    async () => {
      const test = mnist!.test!;
      const backend = await wasmBackend({ threads: 2, host: threadHost });
      const reader = await createReader(await loadModel("digits"), backend, { batchSize: 50 });
      const random = new Random(5);
      let right = 0;
      for (let i = 0; i < COUNT; i++) {
        const index = random.integer(test.count);
        const image = test.images.subarray(index * 784, (index + 1) * 784);
        const scale = 1 + (i % 10);
        const inverted = random.uniform() < 0.5;
        const { pixels, side } = sheetOf(image, { scale, inverted, corner: random.integer(4) });
        const [reading] = reader.read([
          await loadPicture(await encodePng(pixels, { width: side, height: side })),
        ]);
        if (reading.label === test.classes[test.labels[index]]) right += 1;
      }
      reader.close();
      expect(right / COUNT).toBeGreaterThanOrEqual(0.99);
    },
  );

  it.skipIf(mnist?.test === undefined)(
    "reads 99 of 100 of them cropped to their ink, 98 of 100 ones (needs MNIST)",
    async () => {
      const test = mnist!.test!;
      const backend = await wasmBackend({ threads: 2, host: threadHost });
      const reader = await createReader(await loadModel("digits"), backend);
      const ones = [...test.labels.keys()].filter(
        (index) => test.classes[test.labels[index]] === "1",
      );
      const share = async (indices: readonly number[]) => {
        let right = 0;
        for (const [i, index] of indices.entries()) {
          const image = test.images.subarray(index * 784, (index + 1) * 784);
          const options = { scale: 1 + (i % 10), inverted: i % 4 < 2 };
          const { pixels, width, height } = croppedOf(image, options);
          const [reading] = reader.read([
            await loadPicture(await encodePng(pixels, { width, height })),
          ]);
          if (reading.label === test.classes[test.labels[index]]) right += 1;
        }
        return right / indices.length;
      };
      expect(await share(Array.from({ length: 500 }, (_, i) => 20 * i))).toBeGreaterThanOrEqual(
        0.99,
      );
      expect(await share(ones.slice(0, 500))).toBeGreaterThanOrEqual(0.98);
      reader.close();
    },
  );
});
