import { DataError } from "../base/index.js";
import { type Picture, resample, transposeImages } from "../data/index.js";
import type { Preprocessing } from "../nn/index.js";
import { backdropOf } from "./backdrop.js";
import { type Framed, type FramedGlyph, frameGlyph, frameGlyphs } from "./frame-glyph.js";
import { luminanceOf } from "./luminance.js";
import type { Watch } from "./watch.js";

/**
 * How a picture becomes the model's input. `raw`: its luminance as it is; it must have the right size.
 * `ink`: through {@link frameGlyph}. `auto`: as it is if it is grey and of the right size, or only
 * brought to size if the model was trained without framing; through {@link frameGlyph} otherwise.
 */
export type Framing = "auto" | "raw" | "ink";

/**
 * Any picture as the images were that the model was trained on, `[height, width]`, unless there is
 * nothing on it: the model's input, but for its steps of preparation.
 *
 * @param options.watch - is shown the result of every stage
 * @throws {DataError} where `raw` is asked for and the picture has another size
 */
export function modelInput(
  picture: Picture,
  contract: Preprocessing,
  { framing = "auto", watch }: { readonly framing?: Framing; readonly watch?: Watch } = {},
): Framed {
  if (framing === "raw") expectSize(picture, contract);
  const raw =
    framing === "raw" ||
    (framing === "auto" && (contract.framing === "none" || isInput(picture, contract)));
  if (raw) return rawInput(picture, contract);
  const framed = frameGlyph(picture, upright(contract), watch);
  if (framed.status === "nothing") return framed;
  return { status: "glyph", pixels: asTrained(framed.pixels, contract) };
}

/**
 * The isolated characters of any picture, each as the images were that the model was trained on.
 * A model trained without framing knows no characters, only whole pictures.
 *
 * @param watch - is shown the result of every stage
 */
export function modelInputs(
  picture: Picture,
  contract: Preprocessing,
  watch?: Watch,
): FramedGlyph[] {
  if (contract.framing === "none") {
    const input = rawInput(picture, contract);
    const { width: right, height: bottom } = picture;
    const box = { left: 0, top: 0, right, bottom };
    return input.status === "glyph" ? [{ box, row: 0, pixels: input.pixels }] : [];
  }
  return frameGlyphs(picture, upright(contract), watch).map((glyph) => ({
    ...glyph,
    pixels: asTrained(glyph.pixels, contract),
  }));
}

/** The contract for images that are upright. */
function upright(contract: Preprocessing): Preprocessing {
  const { width, height, transposed = false } = contract;
  return transposed ? { ...contract, width: height, height: width } : contract;
}

/** An upright glyph, bright on 0, as the images looked that the model was trained on. */
function asTrained(glyph: Uint8Array, contract: Preprocessing): Uint8Array {
  const pixels = contract.transposed
    ? transposeImages({ ...upright(contract), count: 1, channels: 1, images: glyph })
    : glyph;
  return contract.ink === "dark" ? pixels.map((value) => 255 - value) : pixels;
}

function expectSize(picture: Picture, { width, height }: Preprocessing): void {
  if (picture.width === width && picture.height === height) return;
  throw new DataError(
    `framing raw: pictures must have ${width} × ${height} pixels, as the model takes, got ${picture.width} × ${picture.height}; choose auto or ink`,
  );
}

/** Whether a picture is grey, opaque and as large as the model's input. */
function isInput({ width, height, data }: Picture, contract: Preprocessing): boolean {
  if (width !== contract.width || height !== contract.height) return false;
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] !== data[at + 1] || data[at] !== data[at + 2] || data[at + 3] < 255) return false;
  }
  return true;
}

function rawInput(picture: Picture, { width, height }: Preprocessing): Framed {
  const plane = luminanceOf(picture, backdropOf(picture));
  const sized = resample(
    plane,
    { left: 0, top: 0, right: plane.width, bottom: plane.height },
    { start: 0, size: plane.width / width, count: width },
    { start: 0, size: plane.height / height, count: height },
  );
  const pixels = new Uint8Array(sized.data.map(Math.round));
  const isBlank = pixels.every((value) => value === pixels[0]);
  return isBlank ? { status: "nothing" } : { status: "glyph", pixels };
}
