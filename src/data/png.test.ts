import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { Random } from "../base/index.js";
import { encodePng } from "./png.js";

describe("encodePng", () => {
  it.each([
    [1, 5, 3],
    [3, 4, 7],
    [4, 1, 1],
    [1, 300, 200],
  ])(
    "writes %i channels of %i×%i pixels that a decoder reads back",
    async (channels, width, height) => {
      const random = new Random(channels);
      const pixels = Uint8Array.from({ length: width * height * channels }, () =>
        random.integer(256),
      );
      const { data, info } = await sharp(await encodePng(pixels, { width, height }))
        .toColourspace(channels === 1 ? "b-w" : "srgb")
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect(info).toMatchObject({ width, height, channels });
      expect(Uint8Array.from(data)).toEqual(pixels);
    },
  );

  it("wants as many bytes as the size asks for", async () => {
    await expect(encodePng(new Uint8Array(11), { width: 2, height: 3 })).rejects.toThrow(
      new TypeError("encodePng: pixels must be 2×3 of 1, 3 or 4 bytes, got 11 bytes"),
    );
  });
});
