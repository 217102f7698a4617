// The images that every system trains on and reads, as the bench wrote them to a file.
import { readFileSync } from "node:fs";

/**
 * Batches that lie ready in memory, in turn: `images` float32 `[batch, 784]`, `labels` int32 `[batch]`.
 *
 * @param convert - from one batch to what the system takes; done once, before anything is measured
 */
export function batchesOf({ samples, batch }, convert = (it) => it) {
  const images = new Float32Array(readFileSync(samples.images).buffer);
  const labels = new Int32Array(readFileSync(samples.labels).buffer);
  const pixels = images.length / labels.length;
  const batches = Array.from({ length: Math.floor(labels.length / batch) }, (_, i) =>
    convert({
      images: images.subarray(i * batch * pixels, (i + 1) * batch * pixels),
      labels: labels.subarray(i * batch, (i + 1) * batch),
    }),
  );
  let next = 0;
  return () => {
    if (next === batches.length) next = 0;
    return batches[next++];
  };
}
