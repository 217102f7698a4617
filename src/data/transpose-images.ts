import type { ImageSet } from "./image-set.js";

/** Exchanges rows and columns of every image: `[n, rows, columns, c]` to `[n, columns, rows, c]`. */
export function transposeImages({
  count,
  height,
  width,
  channels,
  images,
}: Pick<ImageSet, "count" | "height" | "width" | "channels" | "images">): Uint8Array {
  const result = new Uint8Array(images.length);
  let target = 0;
  for (let image = 0; image < count; image++) {
    const start = image * height * width;
    for (let column = 0; column < width; column++) {
      for (let row = 0; row < height; row++) {
        const source = (start + row * width + column) * channels;
        for (let channel = 0; channel < channels; channel++) {
          result[target++] = images[source + channel];
        }
      }
    }
  }
  return result;
}
