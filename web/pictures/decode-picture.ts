import { FormatError } from "../../src/base/index.js";
import type { Picture } from "../../src/data/index.js";
import { type DeclaredPicture, declaredSize } from "./declared-size.js";

/** Most pixels of a picture, as on the command line: 40 megapixels, 160 MB when decoded. */
const MAX_PIXELS = 40_000_000;
/** Most bytes of a picture's file, as on the command line. */
const MAX_BYTES = 200_000_000;
/** Rows that go through the canvas at once: browsers allow none as large as the largest pictures. */
const STRIP_ROWS = 256;
/** Longest side of the picture that is shown, in pixels. */
const SHOWN_SIDE = 1600;

/** A picture to read, and one to look at. */
export interface DecodedPicture {
  readonly picture: Picture;
  readonly shown: ImageBitmap;
}

/**
 * Decodes a PNG, JPEG or WebP picture, upright by its EXIF orientation, to the pixels that the command
 * line reads: colours as the file holds them, without its colour profile, and not multiplied by alpha.
 *
 * The size its header declares is held against the budget before any pixel is decoded.
 *
 * @throws {FormatError} when it is no picture, broken or too large
 */
export async function decodePicture(file: Blob, name: string): Promise<DecodedPicture> {
  const { format } = await expectWithinBudget(file, name);
  const bitmap = await createImageBitmap(file, {
    imageOrientation: "from-image",
    colorSpaceConversion: "none",
    premultiplyAlpha: "none",
  }).catch((error) => {
    throw new FormatError(name, "must be a whole picture, got damage", { cause: error });
  });
  try {
    const picture = { width: bitmap.width, height: bitmap.height, data: pixelsOf(bitmap, format) };
    return { picture, shown: await shrunk(bitmap) };
  } finally {
    bitmap.close();
  }
}

async function expectWithinBudget(file: Blob, name: string): Promise<DeclaredPicture> {
  if (file.size > MAX_BYTES) {
    throw new FormatError(name, `must have at most ${MAX_BYTES} bytes, got ${file.size}`);
  }
  const declared = declaredSize(new Uint8Array(await file.arrayBuffer()), name);
  if (declared === undefined) throw new FormatError(name, "must be a PNG, JPEG or WebP picture");
  const { width, height } = declared;
  if (width * height > MAX_PIXELS) {
    throw new FormatError(
      name,
      `must have at most ${MAX_PIXELS / 1e6} megapixels, got ${width} × ${height}; make it smaller`,
    );
  }
  return declared;
}

/**
 * Red, green, blue and alpha. A canvas keeps colours multiplied by alpha; where a picture may be seen
 * through, it gets 16 bits a number (where the browser can), so that dividing gives them back exactly.
 */
function pixelsOf(bitmap: ImageBitmap, format: DeclaredPicture["format"]): Uint8ClampedArray {
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, Math.min(STRIP_ROWS, height));
  const settings = {
    willReadFrequently: true,
    colorType: format === "JPEG" ? "unorm8" : "float16",
  };
  const context = canvas.getContext("2d", settings);
  if (context === null) throw new Error("this browser gives no canvas to the reader");
  context.globalCompositeOperation = "copy";
  const data = new Uint8ClampedArray(4 * width * height);
  for (let top = 0; top < height; top += STRIP_ROWS) {
    const rows = Math.min(STRIP_ROWS, height - top);
    context.drawImage(bitmap, 0, -top);
    data.set(context.getImageData(0, 0, width, rows).data, 4 * width * top);
  }
  return data;
}

function shrunk(bitmap: ImageBitmap): Promise<ImageBitmap> {
  const { width, height } = bitmap;
  const scale = Math.min(1, SHOWN_SIDE / Math.max(width, height));
  return createImageBitmap(bitmap, {
    resizeWidth: Math.max(1, Math.round(scale * width)),
    resizeHeight: Math.max(1, Math.round(scale * height)),
    resizeQuality: "medium",
  });
}
