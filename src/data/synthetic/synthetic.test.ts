import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Random } from "../../base/index.js";
import { countsPerClass, type ImageSet } from "../image-set.js";
import { parsePenPath } from "./pen-path.js";
import { synthetic } from "./synthetic.js";

const size = 28 * 28;

/** Share of `set` whose nearest image in `known`, pixel by pixel, has the same label. */
function nearestNeighbourAccuracy(known: ImageSet, set: ImageSet): number {
  let right = 0;
  for (let i = 0; i < set.count; i++) {
    let best = Infinity;
    let label = -1;
    for (let k = 0; k < known.count; k++) {
      let distance = 0;
      for (let p = 0; p < size && distance < best; p++) {
        const difference = set.images[i * size + p] - known.images[k * size + p];
        distance += difference * difference;
      }
      if (distance < best) {
        best = distance;
        label = known.labels[k];
      }
    }
    if (label === set.labels[i]) right += 1;
  }
  return right / set.count;
}

describe("synthetic", () => {
  it("writes digits, letters or all characters, each equally often", () => {
    const counts = (alphabet: "digits" | "letters" | "characters", count: number) =>
      countsPerClass(synthetic({ count, alphabet, random: new Random(1) }));
    expect(counts("digits", 50)).toEqual(new Array(10).fill(5));
    expect(counts("letters", 104)).toEqual(new Array(52).fill(2));
    expect(counts("characters", 62)).toEqual(new Array(62).fill(1));
    expect(Math.max(...counts("digits", 13)) - Math.min(...counts("digits", 13))).toBe(1);
  });

  it("calls its classes by their characters, digits, capitals, small letters", () => {
    const { classes } = synthetic({ count: 0, alphabet: "characters", random: new Random(1) });
    expect(classes.join("")).toBe("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
  });

  it("makes the same bytes from the same seed, on every machine", () => {
    const { images, labels } = synthetic({
      count: 620,
      alphabet: "characters",
      random: new Random(42),
    });
    const digest = createHash("sha256")
      .update(images)
      .update(Uint8Array.from(labels))
      .digest("hex");
    expect(digest).toBe("714f42f7e6f695c991cbbf07d2eb847b52abe8945b17a92a26e823457d847040");
  });

  it("never writes a character the same way twice", () => {
    const { images, count } = synthetic({ count: 500, random: new Random(3) });
    const seen = new Set<string>();
    for (let i = 0; i < count; i++) seen.add(images.subarray(i * size, (i + 1) * size).join());
    expect(seen.size).toBe(count);
  });

  it("frames like MNIST: ink in a box of 20×20, its centre of mass near the middle", () => {
    const { images, count } = synthetic({
      count: 620,
      alphabet: "characters",
      random: new Random(8),
    });
    let offset = 0;
    for (let i = 0; i < count; i++) {
      let [left, right, top, bottom] = [28, -1, 28, -1];
      let [mass, massX, massY] = [0, 0, 0];
      for (let p = 0; p < size; p++) {
        const value = images[i * size + p];
        if (value === 0) continue;
        const [x, y] = [p % 28, Math.floor(p / 28)];
        [left, right] = [Math.min(left, x), Math.max(right, x)];
        [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
        mass += value;
        massX += value * x;
        massY += value * y;
      }
      const longer = Math.max(right - left, bottom - top) + 1;
      // Smoothing the edge adds up to a pixel on either side.
      expect(longer).toBeGreaterThanOrEqual(19);
      expect(longer).toBeLessThanOrEqual(22);
      expect(left > 0 || right < 27 || top > 0 || bottom < 27).toBe(true);
      offset += Math.abs(massX / mass - 13.5) + Math.abs(massY / mass - 13.5);
    }
    expect(offset / (2 * count)).toBeLessThan(0.4);
  });

  it("writes digits that their nearest neighbour tells apart", () => {
    const known = synthetic({ count: 2000, random: new Random(1) });
    const set = synthetic({ count: 300, random: new Random(2) });
    expect(nearestNeighbourAccuracy(known, set)).toBeGreaterThan(0.97);
  });

  it("wants a whole number of images", () => {
    expect(() => synthetic({ count: -1, random: new Random(1) })).toThrow(
      new TypeError("synthetic: count must be a whole number, got -1"),
    );
  });
});

describe("parsePenPath", () => {
  it("reads strokes, points and corners; a stroke's ends are corners", () => {
    expect(parsePenPath("0,1 2,3* 4,5 6,-7 | 8,9 10,11")).toEqual({
      x: Float64Array.of(0, 2, 4, 6, 8, 10),
      y: Float64Array.of(1, 3, 5, -7, 9, 11),
      corner: Uint8Array.of(1, 1, 0, 1, 1, 1),
      starts: [0, 4, 6],
    });
  });
});
