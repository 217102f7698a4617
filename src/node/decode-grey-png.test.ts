import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { damaged } from "../../test/array-fixtures.js";
import { encodePng } from "../data/index.js";
import { decodeGreyPng } from "./decode-grey-png.js";

const raw = (pixels: Uint8Array, width: number, height: number) =>
  sharp(Buffer.from(pixels), { raw: { width, height, channels: 1 } }).toColourspace("b-w");

describe("decodeGreyPng", () => {
  it("gives what the general decoder gives, whatever filters the rows have", async () => {
    const size = fc.integer({ min: 1, max: 20 });
    const smooth = fc.boolean();
    await fc.assert(
      fc.asyncProperty(size, size, fc.nat(), smooth, async (width, height, seed, isSmooth) => {
        const pixels = Uint8Array.from({ length: width * height }, (_, i) =>
          isSmooth
            ? (i % width) * 9 + Math.floor(i / width) * 5
            : Math.imul(i + seed, 0x9e3779b1) >>> 24,
        );
        const picture = raw(pixels, width, height);
        const adaptive = await picture.png({ adaptiveFiltering: true }).toBuffer();
        const plain = await encodePng(pixels, { width, height });
        const expected = Uint8Array.from({ length: 4 * pixels.length }, (_, i) =>
          i % 4 === 3 ? 255 : pixels[i >> 2]!,
        );
        for (const file of [adaptive, plain]) {
          expect(decodeGreyPng(file)).toEqual({ width, height, data: expected });
        }
      }),
      { numRuns: 60 },
    );
  });

  it("leaves all others alone: colours, 16 bits, transparency, interlaced, a profile, other formats", async () => {
    const pixels = Uint8Array.from({ length: 64 }, (_, i) => i * 4);
    const grey = raw(pixels, 8, 8);
    const colours = sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } });
    const others = [
      colours.png(),
      grey.clone().toColourspace("grey16").png(),
      grey.clone().ensureAlpha(0.5).png(),
      grey.clone().png({ progressive: true }),
      colours.withIccProfile("p3").png(),
      grey.clone().png({ palette: true, colours: 4 }),
      grey.clone().jpeg(),
    ];
    for (const other of others) expect(decodeGreyPng(await other.toBuffer())).toBeUndefined();
    expect(decodeGreyPng(new Uint8Array())).toBeUndefined();
    expect(decodeGreyPng(await grey.png().toBuffer())).toBeDefined();
  });

  it("gives nothing or the picture, whatever happened to the file", async () => {
    const whole = await encodePng(new Uint8Array(64).fill(7), { width: 8, height: 8 });
    const picture = decodeGreyPng(whole);
    fc.assert(
      fc.property(damaged(whole), (file) => {
        expect([undefined, picture]).toContainEqual(decodeGreyPng(file));
      }),
      { numRuns: 1000 },
    );
  });
});
