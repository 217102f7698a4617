import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { declaredSize } from "./declared-size.js";

const picture = sharp({
  create: { width: 700, height: 300, channels: 3, background: "white" },
});
const seeThrough = picture.clone().ensureAlpha(0.5);

describe("the size that a picture declares", () => {
  it.each([
    ["PNG", picture.clone().png()],
    ["PNG", picture.clone().png({ progressive: true })],
    ["JPEG", picture.clone().jpeg()],
    ["JPEG", picture.clone().jpeg({ progressive: true }).withMetadata({ orientation: 6 })],
    ["WebP", picture.clone().webp()],
    ["WebP", picture.clone().webp({ lossless: true })],
    ["WebP", seeThrough.clone().webp()],
  ] as const)("is read from the header of a %s", async (format, encoded) => {
    const bytes = await encoded.toBuffer();
    expect(declaredSize(bytes, "it")).toEqual({ format, width: 700, height: 300 });
  });

  it("is not asked of other formats", async () => {
    expect(declaredSize(await picture.clone().gif().toBuffer(), "it")).toBeUndefined();
    expect(declaredSize(new Uint8Array(), "it")).toBeUndefined();
  });

  it.each(["png", "jpeg", "webp"] as const)("is missed in a %s cut short", async (format) => {
    const bytes = await picture.clone().toFormat(format).toBuffer();
    expect(() => declaredSize(bytes.subarray(0, 18), "it")).toThrow(
      /^it: .* the file is cut short/,
    );
  });
});
