import { type Box, lengthOf, type Picture, type Plane } from "../data/index.js";
import type { Preprocessing } from "../nn/index.js";
import { cropBox } from "./crop.js";
import { hasEdges } from "./edges.js";
import { type FoundInk, findInk } from "./find-ink.js";
import { frame } from "./frame.js";
import { type Glyph, glyphsOf, heaviestOf } from "./glyphs.js";
import { keepPieces } from "./keep-pieces.js";
import { inReadingOrder } from "./reading-order.js";
import type { Watch } from "./watch.js";

/** Pixels of a glyph that cannot be noise, at least: single ones may be dust, or noise underrated. */
const LEAST_EVIDENT = 5;

/** What a picture turned out to hold. */
export type Framed =
  | { readonly status: "nothing" }
  | {
      readonly status: "glyph";
      /** The model's input, ink 255 on 0, `[height, width]`. */
      readonly pixels: Uint8Array;
    };

/** One character of a picture. */
export interface FramedGlyph {
  /** Where it stands, in pixels of the picture. */
  readonly box: Box;
  /** Which row it stands in, from 0. */
  readonly row: number;
  /** The model's input, ink 255 on 0, `[height, width]`. */
  readonly pixels: Uint8Array;
}

/**
 * Turns a picture of one glyph into the model's input: any size, dark on light or light on
 * dark, off-centre, see-through, photographed or drawn.
 *
 * After {@link findInk}: join the pieces of characters → keep the heaviest alone → frame it.
 *
 * @param watch - is shown the result of every stage
 */
export function frameGlyph(picture: Picture, contract: Preprocessing, watch?: Watch): Framed {
  const ink = findInk(picture, watch);
  if (ink === undefined) return { status: "nothing" };
  const heaviest = heaviestOf(glyphsOf(ink.plane, { join: "loose" }));
  if (heaviest === undefined) return { status: "nothing" };
  const framed = frameOne(ink, heaviest, contract, watch);
  return framed === undefined ? { status: "nothing" } : { status: "glyph", pixels: framed.pixels };
}

/**
 * The isolated characters of a picture: rows from top to bottom, in each from left to right. Where
 * there is but one, it is framed as {@link frameGlyph} does.
 */
export function frameGlyphs(
  picture: Picture,
  contract: Preprocessing,
  watch?: Watch,
): FramedGlyph[] {
  const ink = findInk(picture, watch);
  if (ink === undefined) return [];
  const several = glyphsOf(ink.plane, { join: "strict" });
  const heaviest = heaviestOf(glyphsOf(ink.plane, { join: "loose" }));
  const found = several.length > 1 || heaviest === undefined ? several : [heaviest];
  return inReadingOrder(found).flatMap((glyphs, row) =>
    glyphs.flatMap((glyph) => {
      const framed = frameOne(ink, glyph, contract, watch);
      return framed === undefined ? [] : [{ ...framed, row }];
    }),
  );
}

/** One glyph framed; `undefined` where it may be noise, or has no edges, as light has none. */
function frameOne(
  ink: FoundInk,
  glyph: Glyph,
  contract: Preprocessing,
  watch?: Watch,
): Omit<FramedGlyph, "row"> | undefined {
  if (!isEvident(ink, glyph)) return undefined;
  const only = alone(ink, glyph);
  const box = cropBox(only);
  if (box === undefined || !hasEdges(only, box)) return undefined;
  watch?.("character", only);
  const pixels = frame(only, box, contract);
  const { width, height } = contract;
  watch?.("model input", { width, height, data: Float32Array.from(pixels) });
  return { box: inPicture(box, ink), pixels };
}

function isEvident({ plane, evident }: FoundInk, { pieces }: Glyph): boolean {
  let count = 0;
  for (const { runs } of pieces) {
    for (const { y, left, right } of runs) {
      for (let x = left; x < right; x++) {
        if (plane.data[y * plane.width + x] >= evident) count += 1;
      }
    }
  }
  return count >= LEAST_EVIDENT;
}

/** The ink of a glyph alone. A clean image with nothing else on it stays as it is to the byte. */
function alone({ plane, isClean }: FoundInk, { box, pieces }: Glyph): Plane {
  const all = isClean ? cropBox(plane) : undefined;
  const isAll =
    all !== undefined &&
    all.left === box.left &&
    all.top === box.top &&
    all.right === box.right &&
    all.bottom === box.bottom;
  return isAll ? plane : keepPieces(plane, pieces, lengthOf(box));
}

function inPicture(box: Box, { left, top, scale }: FoundInk): Box {
  return {
    left: Math.round((left + box.left) * scale),
    top: Math.round((top + box.top) * scale),
    right: Math.round((left + box.right) * scale),
    bottom: Math.round((top + box.bottom) * scale),
  };
}
