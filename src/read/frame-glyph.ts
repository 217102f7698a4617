import { lengthOf, type Picture } from "../data/index.js";
import type { Preprocessing } from "../nn/index.js";
import { backdropOf } from "./backdrop.js";
import { cropBox } from "./crop.js";
import { hasEdges } from "./edges.js";
import { frame } from "./frame.js";
import { glyphsOf } from "./glyphs.js";
import { takeGroundAway } from "./ground.js";
import { inkOf } from "./ink.js";
import { keepPieces } from "./keep-pieces.js";
import { luminanceOf } from "./luminance.js";
import { polarityOf } from "./polarity.js";
import { withoutPrintedLines } from "./printed-lines.js";
import { crop, pageWithin } from "./surround.js";

/** What a picture turned out to hold. */
export type Framed =
  | { readonly status: "nothing" }
  | {
      readonly status: "glyph";
      /** The model's input, ink 255 on 0, `[height, width]`. */
      readonly pixels: Uint8Array;
    };

/** A picture narrower than this has no room for a stroke and the ground on both sides, in pixels. */
const LEAST_SIDE = 4;

/**
 * Turns a picture of one glyph into the model's input: any size, dark on light or light on
 * dark, off-centre, see-through.
 *
 * The stages: lay it on a backdrop → luminance → take the ground away → find the polarity →
 * keep the ink → crop → frame. A picture without ink, be it of one colour, unevenly lit or
 * noisy, holds nothing.
 */
export function frameGlyph(picture: Picture, contract: Preprocessing): Framed {
  const whole = luminanceOf(picture, backdropOf(picture));
  const page = pageWithin(whole);
  const luminance = page === undefined ? whole : crop(whole, page);
  if (Math.min(luminance.width, luminance.height) < LEAST_SIDE) return { status: "nothing" };
  const relief = takeGroundAway(luminance);
  const polarity = polarityOf(relief);
  if (polarity === undefined) return { status: "nothing" };
  const all = inkOf(relief, polarity);
  const ink = withoutPrintedLines(all);
  const [first, ...others] = glyphsOf(ink, { join: "loose" });
  if (first === undefined) return { status: "nothing" };
  const glyph = others.reduce((a, b) => (b.mass > a.mass ? b : a), first);
  const only = keepPieces(ink, glyph.pieces, lengthOf(glyph.box));
  const isClean = relief.noise === 0 && ink === all && others.length === 0;
  const kept = isClean ? ink : only;
  const box = cropBox(kept);
  if (box === undefined || !hasEdges(kept, box)) return { status: "nothing" };
  return { status: "glyph", pixels: frame(kept, box, contract) };
}
