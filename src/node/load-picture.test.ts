import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DataError, FormatError } from "../base/index.js";
import { loadPicture, pictureSize } from "./load-picture.js";

/** Red, green / blue, white. */
const corners = sharp(Buffer.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]), {
  raw: { width: 2, height: 2, channels: 3 },
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("loadPicture", () => {
  it("gives red, green, blue and alpha, row by row", async () => {
    const picture = await loadPicture(await corners.clone().png().toBuffer());
    expect([picture.width, picture.height]).toEqual([2, 2]);
    expect([...picture.data]).toEqual(
      [
        [255, 0, 0, 255],
        [0, 255, 0, 255],
        [0, 0, 255, 255],
        [255, 255, 255, 255],
      ].flat(),
    );
  });

  it.each([
    ["grey", corners.clone().greyscale().png()],
    ["with alpha", corners.clone().ensureAlpha(0.5).png()],
    ["of 16 bits", corners.clone().toColourspace("rgb16").png()],
    ["of a palette", corners.clone().png({ palette: true })],
    ["as JPEG", corners.clone().jpeg()],
    ["as JPEG in four inks", corners.clone().toColourspace("cmyk").jpeg()],
    ["as WebP", corners.clone().webp({ lossless: true })],
  ])("gives four bytes a pixel for a picture %s", async (_, encoded) => {
    const { width, height, data } = await loadPicture(await encoded.toBuffer());
    expect([width, height, data.length]).toEqual([2, 2, 16]);
    expect(data[12]).toBeGreaterThan(200);
  });

  it("keeps what can be seen through", async () => {
    const { data } = await loadPicture(await corners.clone().ensureAlpha(0.2).png().toBuffer());
    expect([...data.subarray(0, 4)]).toEqual([255, 0, 0, 51]);
  });

  it("takes colours as the file holds them, whatever profile it names", async () => {
    const bytes = await corners.clone().withIccProfile("p3").png().toBuffer();
    const plain = await sharp(bytes, { ignoreIcc: true }).ensureAlpha().raw().toBuffer();
    const { data } = await loadPicture(bytes);
    expect([...data]).toEqual([...plain]);
    expect([...data.subarray(0, 3)]).not.toEqual([255, 0, 0]);
  });

  it("turns a photograph upright", async () => {
    const wide = sharp({ create: { width: 30, height: 10, channels: 3, background: "white" } });
    const bytes = await wide.jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const { width, height } = await loadPicture(bytes);
    expect([width, height]).toEqual([10, 30]);
  });

  it("reads a file by its path", async () => {
    const path = join(folder, "corners.png");
    await writeFile(path, await corners.clone().png().toBuffer());
    expect((await loadPicture(path)).width).toBe(2);
  });

  it("names a file that is not there", async () => {
    const path = join(folder, "none.png");
    await expect(loadPicture(path)).rejects.toThrow(
      new DataError(`${path}: must be a picture that can be read, got no such file`),
    );
  });

  it.each([
    "",
    "hello",
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
    "GIF89a",
  ])("refuses %j, which is none of its formats", async (text) => {
    await expect(loadPicture(Buffer.from(text), "page 3")).rejects.toThrow(
      new FormatError("page 3", "must be a PNG, JPEG or WebP picture"),
    );
  });

  it.each(["png", "jpeg", "webp"] as const)("refuses a %s cut short", async (format) => {
    const whole = await sharp({
      create: {
        width: 200,
        height: 200,
        channels: 3,
        background: "white",
        noise: { type: "gaussian", mean: 128, sigma: 30 },
      },
    })
      .toFormat(format)
      .toBuffer();
    for (const share of [0.01, 0.3, 0.9]) {
      const part = whole.subarray(0, Math.ceil(share * whole.length));
      await expect(loadPicture(part, "scan")).rejects.toThrow(FormatError);
      await expect(loadPicture(part, "scan")).rejects.toThrow(
        /^scan: must be a whole picture, got damage: ./,
      );
    }
  });

  it("refuses a picture of more than 40 megapixels by its header", async () => {
    const bytes = await corners.clone().png().toBuffer();
    const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    header.setUint32(16, 8000);
    header.setUint32(20, 5001);
    header.setUint32(29, crc32(bytes.subarray(12, 29)));
    await expect(loadPicture(bytes, "huge.png")).rejects.toThrow(
      new FormatError(
        "huge.png",
        "must have at most 40 megapixels, got 8000 × 5001; make it smaller",
      ),
    );
  });
});

describe("pictureSize", () => {
  it("tells the size a file declares, and opens no other format", async () => {
    const png = join(folder, "size.png");
    await corners.clone().resize(30, 20).png().toFile(png);
    expect(await pictureSize(png)).toEqual({ width: 30, height: 20 });
    const svg = join(folder, "size.svg");
    await writeFile(svg, '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    await expect(pictureSize(svg)).rejects.toThrow(
      new FormatError(svg, "must be a PNG, JPEG or WebP picture"),
    );
  });
});

/** The checksum of a PNG chunk. */
function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
