// The images that every system trains on and reads, as the bench wrote them to a file.
import { readFileSync } from "node:fs";

/** All of them: `images` `[count, pixels]`, `labels` `[count]`. */
export function setOf({ samples }) {
  const images = new Float32Array(readFileSync(samples.images).buffer);
  const labels = new Int32Array(readFileSync(samples.labels).buffer);
  return { images, labels, pixels: images.length / labels.length };
}

/**
 * Batches that lie ready in memory, in turn: `images` float32 `[batch, 784]`, `labels` int32 `[batch]`.
 *
 * @param convert - from one batch to what the system takes; done once, before anything is measured
 */
export function batchesOf(request, convert = (it) => it) {
  const { batch } = request;
  const { images, labels, pixels } = setOf(request);
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
