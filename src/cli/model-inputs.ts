import { DataError } from "../base/index.js";
import { type ImageSet, type Picture, prepareImages } from "../data/index.js";
import type { ModelFile } from "../nn/index.js";
import { type Framing, modelInput } from "../read/index.js";

/**
 * A set as the model takes it: images of its size, labels that count its classes.
 *
 * Images that have the size already are taken as they are unless `ink` is asked for; all others go
 * through the reading of pictures, as a user's own would. Then they are prepared as in training.
 */
export function modelInputs(
  set: ImageSet,
  { preprocessing, prepare = [], classes }: ModelFile,
  framing: Framing,
): ImageSet {
  const { width, height } = preprocessing;
  const labels = relabelled(set, classes);
  const fits = set.width === width && set.height === height && set.channels === 1;
  if (fits && framing !== "ink") return prepareImages({ ...set, labels, classes }, prepare);
  const images = new Uint8Array(set.count * height * width);
  for (let index = 0; index < set.count; index++) {
    const input = modelInput(pictureAt(set, index), preprocessing, { framing });
    if (input.status === "glyph") images.set(input.pixels, index * height * width);
  }
  const framed = { count: set.count, height, width, channels: 1, images, labels, classes };
  return prepareImages(framed, prepare);
}

/** The labels of a set as indices into the model's classes, which are matched by name. */
function relabelled(set: ImageSet, classes: readonly string[]): Int32Array {
  const places = set.classes.map((name) => classes.indexOf(name));
  return set.labels.map((label) => {
    const place = places[label]!;
    if (place < 0) {
      throw new DataError(
        `evaluate: labels must be among the model's classes, ${classes.join(" ")}, got "${set.classes[label]}"; choose other data with --data or another model`,
      );
    }
    return place;
  });
}

function pictureAt({ width, height, channels, images }: ImageSet, index: number): Picture {
  const data = new Uint8Array(height * width * 4).fill(255);
  const start = index * height * width * channels;
  for (let pixel = 0; pixel < height * width; pixel++) {
    for (let colour = 0; colour < 3; colour++) {
      const channel = Math.min(colour, channels - 1);
      data[pixel * 4 + colour] = images[start + pixel * channels + channel]!;
    }
  }
  return { width, height, data };
}
