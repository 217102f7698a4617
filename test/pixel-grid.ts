import type { Picture } from "../src/data/index.js";

const LEVELS: Readonly<Record<string, number>> = { ".": 0, "-": 64, "+": 128, "*": 192, "#": 255 };

interface Grid {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** A plane drawn as text, one line a row: `.` is 0, then `-`, `+`, `*`, up to `#`, 255. */
export function grid(text: string): Grid {
  const rows = text
    .trim()
    .split("\n")
    .map((row) => row.trim());
  const width = rows[0].length;
  const data = Float32Array.from(rows.join(""), (character) => LEVELS[character]);
  return { width, height: rows.length, data };
}

/** The other way round, each value drawn as the nearest of the five levels. */
export function drawn({
  width,
  height,
  data,
}: {
  width: number;
  height: number;
  data: ArrayLike<number>;
}) {
  const row = (y: number) =>
    Array.from({ length: width }, (_, x) => ".-+*#"[Math.round(data[y * width + x] / 64)]).join("");
  return Array.from({ length: height }, (_, y) => row(y));
}

/** An opaque grey picture whose level at each pixel is a function of its place. */
export function greyPicture(
  width: number,
  height: number,
  level: (x: number, y: number) => number,
): Picture {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      data.fill(level(x, y), 4 * (y * width + x), 4 * (y * width + x) + 3);
      data[4 * (y * width + x) + 3] = 255;
    }
  }
  return { width, height, data };
}
