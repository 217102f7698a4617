import { DataError } from "../base/index.js";
import { type Picture, resample, transposeImages } from "../data/index.js";
import type { Preprocessing } from "../nn/index.js";
import { backdropOf } from "./backdrop.js";
import { type Framed, frameGlyph } from "./frame-glyph.js";
import { luminanceOf } from "./luminance.js";

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
 * @throws {DataError} where `raw` is asked for and the picture has another size
 */
export function modelInput(
  picture: Picture,
  contract: Preprocessing,
  { framing = "auto" }: { readonly framing?: Framing } = {},
): Framed {
  if (framing === "raw") expectSize(picture, contract);
  const raw =
    framing === "raw" ||
    (framing === "auto" && (contract.framing === "none" || isInput(picture, contract)));
  return raw ? rawInput(picture, contract) : asTrained(picture, contract);
}

/** The glyph of a picture as the images looked that the model was trained on. */
function asTrained(picture: Picture, contract: Preprocessing): Framed {
  const { width, height, ink, transposed = false } = contract;
  const upright = transposed ? { ...contract, width: height, height: width } : contract;
  const framed = frameGlyph(picture, upright);
  if (framed.status === "nothing") return framed;
  const { pixels } = framed;
  const turned = transposed
    ? transposeImages({ ...upright, count: 1, channels: 1, images: pixels })
    : pixels;
  return { status: "glyph", pixels: ink === "dark" ? turned.map((value) => 255 - value) : turned };
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
