import { open, readFile, stat } from "node:fs/promises";
import { DataError, FormatError } from "../base/index.js";
import type { Picture } from "../data/index.js";
import { decodeGreyPng } from "./decode-grey-png.js";

/** Most pixels of a picture: 40 megapixels, 160 MB when decoded. */
const MAX_PIXELS = 40_000_000;
/** Most bytes of a picture's file; what 40 megapixels need without any compression, and some. */
const MAX_BYTES = 200_000_000;
/** Bytes that tell the formats apart. */
const MARK_BYTES = 12;

/**
 * Decodes a PNG, JPEG or WebP picture, upright by its EXIF orientation; an animation's first frame.
 *
 * Colours are taken as the file holds them, without its colour profile: a browser can do the same,
 * to the bit. The size its header declares is held against the budget before any pixel is decoded.
 *
 * @param input - path of a file, or a file's bytes
 * @param name - what to call it in errors; the path, if there is one
 * @throws {DataError} when there is no such file
 * @throws {FormatError} when it is no picture, broken or too large
 */
export async function loadPicture(
  input: string | Uint8Array,
  name: string = typeof input === "string" ? input : "picture",
): Promise<Picture> {
  const bytes = typeof input === "string" ? await readPictureFile(input, name) : input;
  if (!isSupported(bytes)) throw notSupported(name);
  const grey = decodeGreyPng(bytes);
  if (grey !== undefined) return grey;
  // Loading the decoder takes longer than most commands; only those that need it wait for it.
  const { default: sharp } = await import("sharp");
  try {
    // Colour profiles move colours by little, and every decoder carries them out a little differently.
    const picture = sharp(bytes, { limitInputPixels: false, failOn: "error", ignoreIcc: true });
    const { width, height } = await picture.metadata();
    if (width * height > MAX_PIXELS) {
      throw new FormatError(
        name,
        `must have at most ${MAX_PIXELS / 1e6} megapixels, got ${width} × ${height}; make it smaller`,
      );
    }
    const { data, info } = await picture
      .autoOrient()
      .toColourspace("srgb")
      .ensureAlpha()
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data };
  } catch (error) {
    if (error instanceof FormatError) throw error;
    throw new FormatError(name, `must be a whole picture, got damage: ${firstLine(error)}`, {
      cause: error,
    });
  }
}

/**
 * The size that a picture's file declares, before it is turned upright; no pixel is decoded.
 *
 * @throws where there is no such picture, in words of the system or the decoder
 */
export async function pictureSize(path: string): Promise<{ width: number; height: number }> {
  if (!isSupported(await firstBytes(path))) throw notSupported(path);
  const { default: sharp } = await import("sharp");
  const { width, height } = await sharp(path).metadata();
  return { width, height };
}

async function readPictureFile(path: string, name: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) {
      throw new FormatError(name, `must have at most ${MAX_BYTES} bytes, got ${size}`);
    }
    return await readFile(path);
  } catch (error) {
    if (error instanceof FormatError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    const problem = code === "ENOENT" ? "no such file" : firstLine(error);
    throw new DataError(`${name}: must be a picture that can be read, got ${problem}`, {
      cause: error,
    });
  }
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    return (await file.read(new Uint8Array(MARK_BYTES), 0, MARK_BYTES, 0)).buffer;
  } finally {
    await file.close();
  }
}

function notSupported(name: string): FormatError {
  return new FormatError(name, "must be a PNG, JPEG or WebP picture");
}

/** Goes by the first bytes, so that the decoder is given nothing but these three formats. */
function isSupported(bytes: Uint8Array): boolean {
  const begins = (text: string, at = 0): boolean =>
    [...text].every((character, i) => bytes[at + i] === character.charCodeAt(0));
  return (
    begins("\x89PNG\r\n\x1a\n") || begins("\xff\xd8\xff") || (begins("RIFF") && begins("WEBP", 8))
  );
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";
}
