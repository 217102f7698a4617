import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadDataSet } from "../dist/node/index.js";

/** Enough that a network does not learn them by heart while it is measured. */
const COUNT = 16_384;

/**
 * Writes images (float32, `[count, 784]`, 0 to 1) and labels (int32) for all systems to read: MNIST
 * where it is at hand, else generated digits.
 */
export async function writeSamples() {
  const { name, train } = await loadDataSet("mnist", { offline: true }).catch(() =>
    loadDataSet("synthetic"),
  );
  const folder = mkdtempSync(join(tmpdir(), "inkling-bench-"));
  const samples = { images: join(folder, "images.f32"), labels: join(folder, "labels.i32") };
  const count = Math.min(COUNT, train.count);
  writeFileSync(samples.images, Float32Array.from(train.images.subarray(0, count * 784), toReal));
  writeFileSync(samples.labels, train.labels.slice(0, count));
  return { dataSet: name, folder, samples };
}

const toReal = (pixel) => pixel / 255;
