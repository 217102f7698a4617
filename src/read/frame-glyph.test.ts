import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { greyPicture } from "../../test/pixel-grid.js";
import { Random } from "../base/index.js";
import type { Picture } from "../data/index.js";
import { mnistFraming } from "../nn/index.js";
import { frameGlyph } from "./frame-glyph.js";

const MNIST = mnistFraming();

const nothing = { status: "nothing" };
const side = fc.integer({ min: 1, max: 300 });
const level = fc.integer({ min: 0, max: 255 });

/** How much ink a 7 leaves at a point of the unit square, from 0 to 1. */
function seven(x: number, y: number): number {
  const across = y > 0.2 && y < 0.3 && x > 0.3 && x < 0.7;
  const down = y >= 0.2 && y < 0.8 && Math.abs(x - (0.7 - (y - 0.2) * 0.5)) < 0.05;
  return across || down ? 1 : 0;
}

function pixelsOf(picture: Picture): Uint8Array {
  const framed = frameGlyph(picture, MNIST);
  if (framed.status === "nothing") throw new Error("expected a glyph, got nothing");
  return framed.pixels;
}

function likeness(a: Uint8Array, b: Uint8Array): number {
  const dot = (p: Uint8Array, q: Uint8Array) => p.reduce((sum, value, i) => sum + value * q[i], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

const drawSeven = (width: number, height: number) =>
  greyPicture(width, height, (x, y) => 255 * (1 - seven((x + 0.5) / width, (y + 0.5) / height)));

describe("frameGlyph", () => {
  const plain = pixelsOf(drawSeven(200, 200));

  it("fills the box of 20 and centres the mass", () => {
    const rows = Array.from({ length: 28 }, (_, y) =>
      Math.max(...plain.subarray(28 * y, 28 * y + 28)),
    );
    expect(rows.filter((most) => most > 64)).toHaveLength(20);
    let [mass, x, y] = [0, 0, 0];
    plain.forEach((value, i) => {
      mass += value;
      x += value * (i % 28);
      y += value * Math.floor(i / 28);
    });
    expect([Math.round(x / mass), Math.round(y / mass)]).toEqual([14, 14]);
  });

  it.each([
    ["light on dark", greyPicture(200, 200, (x, y) => 255 * seven(x / 200, y / 200))],
    ["pale pencil", greyPicture(200, 200, (x, y) => 230 - 50 * seven(x / 200, y / 200))],
    ["large", drawSeven(1500, 1500)],
    ["in a corner", greyPicture(600, 400, (x, y) => 255 * (1 - seven(x / 200, y / 200)))],
    [
      "in fading light",
      greyPicture(200, 200, (x, y) => (250 - x / 3 - y / 2) * (1 - 0.8 * seven(x / 200, y / 200))),
    ],
  ])("reads a glyph %s as the same input", (_, picture) => {
    expect(likeness(pixelsOf(picture), plain)).toBeGreaterThan(0.95);
  });

  it.each([
    ["dark", 0],
    ["light", 255],
  ])("reads %s ink on nothing", (_, ink) => {
    const data = new Uint8Array(4 * 200 * 200).fill(ink);
    for (let i = 0; i < 200 * 200; i++) {
      data[4 * i + 3] = 255 * seven((i % 200) / 200, Math.floor(i / 200) / 200);
    }
    expect(likeness(pixelsOf({ width: 200, height: 200, data }), plain)).toBeGreaterThan(0.95);
  });

  it("reads what is there through noise and dust", () => {
    const random = new Random(7);
    const picture = greyPicture(200, 200, (x, y) => {
      if (random.uniform() < 0.002) return 0;
      return 220 - 150 * seven(x / 200, y / 200) + 8 * random.normal();
    });
    expect(likeness(pixelsOf(picture), plain)).toBeGreaterThan(0.95);
  });

  it("leaves an image framed as MNIST's are byte for byte as it is", () => {
    const again = greyPicture(28, 28, (x, y) => plain[28 * y + x]);
    expect(pixelsOf(again)).toEqual(plain);
  });

  it("finds nothing on one colour, at any size", () => {
    fc.assert(
      fc.property(side, side, level, level, level, level, (width, height, ...colour) => {
        const data = new Uint8Array(4 * width * height);
        for (let at = 0; at < data.length; at += 4) data.set(colour, at);
        expect(frameGlyph({ width, height, data }, MNIST)).toEqual(nothing);
      }),
      { numRuns: 40 },
    );
  });

  it("finds nothing in light that falls off evenly", () => {
    fc.assert(
      fc.property(side, side, level, level, level, (width, height, a, b, c) => {
        const picture = greyPicture(
          width,
          height,
          (x, y) => a + ((b - a) * x) / (2 * width) + ((c - a) * y) / (2 * height),
        );
        expect(frameGlyph(picture, MNIST)).toEqual(nothing);
      }),
      { numRuns: 60 },
    );
  });

  it("finds nothing in a spot of light", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 200 }),
        fc.double({ min: 0.15, max: 0.5, noNaN: true }),
        (width, radius) => {
          const picture = greyPicture(
            width,
            width,
            (x, y) =>
              90 + 150 * Math.exp(-((x / width - 0.4) ** 2 + (y / width - 0.5) ** 2) / radius ** 2),
          );
          expect(frameGlyph(picture, MNIST)).toEqual(nothing);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("finds nothing in noise", () => {
    fc.assert(
      fc.property(
        side,
        side,
        fc.integer({ min: 40, max: 215 }),
        fc.integer({ min: 0, max: 12 }),
        fc.integer(),
        (width, height, ground, deviation, seed) => {
          const random = new Random(seed);
          const picture = greyPicture(width, height, () => ground + deviation * random.normal());
          expect(frameGlyph(picture, MNIST)).toEqual(nothing);
        },
      ),
      {
        numRuns: 40,
        // Few rows, where the noise is hard to estimate; a large area, where single pixels stand out.
        examples: [
          [185, 7, 40, 9, 1189512118],
          [98, 5, 173, 12, 1558428785],
          [212, 204, 77, 12, 3319932141],
        ],
      },
    );
  });

  it("takes any picture whatever without failing", () => {
    const picture = fc
      .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
      .chain(([width, height]) =>
        fc.record({
          width: fc.constant(width),
          height: fc.constant(height),
          data: fc.uint8Array({ minLength: 4 * width * height, maxLength: 4 * width * height }),
        }),
      );
    fc.assert(
      fc.property(picture, (any) => {
        const framed = frameGlyph(any, MNIST);
        if (framed.status === "glyph") expect(framed.pixels).toHaveLength(784);
      }),
      { numRuns: 200 },
    );
  });
});
