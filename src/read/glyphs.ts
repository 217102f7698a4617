import { type Box, lengthOf, type Plane } from "../data/index.js";
import { join, type Piece, piecesOf } from "./pieces.js";

/** Ink from which a pixel belongs to a glyph; soft edges of enlarged pictures lie below. */
const GLYPH_LEVEL = 64;
/** Pieces lighter than this share of the heaviest are specks. */
const SPECK = 0.03;
/** Pieces looked at, the heaviest: a page has fewer characters, and noise more pieces. */
const MOST_PIECES = 300;
/** What reaches in from outside is left out where something this long, as a share of it, lies inside. */
const INSIDE = 0.3;
/** Two pieces are one character if their gap is below this share of the longer one. */
const NEAR = { loose: 0.35, strict: 0.12 };
/** A piece at most this long, as a share of the other, is a dot or a bar that may stand off. */
const SMALL = 0.5;
/** And it may stand off above or below by this share of the longer one. */
const STANDS_OFF = 0.5;
/** Share of the narrower one that lies above or below the other. */
const OVERLAP = 0.3;
/** Shortest character among others, as a share of the longest. */
const SHORTEST = 0.3;

/** The pieces of one character. */
export interface Glyph {
  readonly box: Box;
  readonly mass: number;
  readonly pieces: readonly Piece[];
}

/**
 * Joins the pieces of ink to characters: the dot and the stem of an i, the bars of =, the bar of a
 * 5 that does not touch it. Specks are left out, and so is what reaches in from outside: pieces on
 * the border, unless they go from one side to the other as a glyph cropped tightly does.
 *
 * @param options.join - how far apart the pieces of a character may be: `loose` where there is
 * but one in the picture, `strict` where there may be several
 */
export function glyphsOf(ink: Plane, options: { readonly join: "loose" | "strict" }): Glyph[] {
  const pieces = piecesOf(ink, GLYPH_LEVEL)
    .sort((a, b) => b.mass - a.mass)
    .slice(0, MOST_PIECES);
  const heavy = pieces.filter(({ mass }) => mass >= SPECK * pieces[0].mass);
  const own = heavy.filter((piece) => !isForeign(piece, heavy, ink));
  const share = NEAR[options.join];
  const glyphs: Glyph[] = [];
  for (const piece of own) {
    let glyph: Glyph = { box: piece.box, mass: piece.mass, pieces: [piece] };
    // One more piece may bridge two glyphs.
    for (let i = glyphs.length - 1; i >= 0; i--) {
      if (!glyphs[i].pieces.some((other) => belong(other.box, piece.box, share))) continue;
      glyph = merged(glyph, glyphs.splice(i, 1)[0]);
    }
    glyphs.push(glyph);
  }
  return adopt(glyphs);
}

/** Gives what is too short for a character to one near by, and leaves out what is near to none. */
function adopt(glyphs: readonly Glyph[]): Glyph[] {
  const longest = Math.max(...glyphs.map(({ box }) => lengthOf(box)));
  const isWhole = ({ box }: Glyph) => lengthOf(box) >= SHORTEST * longest;
  const characters = glyphs.filter(isWhole);
  for (const piece of glyphs.filter((glyph) => !isWhole(glyph))) {
    const at = characters.findIndex(({ box }) => belong(box, piece.box, NEAR.loose));
    if (at >= 0) characters[at] = merged(characters[at], piece);
  }
  return characters;
}

/** The heaviest of the characters. */
export function heaviestOf(glyphs: readonly Glyph[]): Glyph | undefined {
  return glyphs.reduce<Glyph | undefined>(
    (best, glyph) => (best === undefined || glyph.mass > best.mass ? glyph : best),
    undefined,
  );
}

function merged(a: Glyph, b: Glyph): Glyph {
  return {
    box: join(a.box, b.box),
    mass: a.mass + b.mass,
    pieces: [...a.pieces, ...b.pieces],
  };
}

/** Whether a piece reaches in from outside: it meets one border, or two that meet, and others do not. */
function isForeign(piece: Piece, pieces: readonly Piece[], { width, height }: Plane): boolean {
  const meets = (box: Box) => ({
    across: Number(box.left <= 1) + Number(box.right >= width - 1),
    down: Number(box.top <= 1) + Number(box.bottom >= height - 1),
  });
  const { across, down } = meets(piece.box);
  if (across + down === 0 || across === 2 || down === 2) return false;
  return pieces.some(({ box }) => {
    const other = meets(box);
    return other.across + other.down === 0 && lengthOf(box) >= INSIDE * lengthOf(piece.box);
  });
}

/** Whether two pieces are parts of one character. */
function belong(a: Box, b: Box, share: number): boolean {
  const length = Math.max(lengthOf(a), lengthOf(b));
  const apartX = Math.max(0, Math.max(a.left, b.left) - Math.min(a.right, b.right));
  const apartY = Math.max(0, Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom));
  if (Math.sqrt(apartX * apartX + apartY * apartY) <= share * length) return true;
  const overlap = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const narrower = Math.min(a.right - a.left, b.right - b.left);
  const lower = Math.min(a.bottom - a.top, b.bottom - b.top);
  return overlap >= OVERLAP * narrower && lower <= SMALL * length && apartY <= STANDS_OFF * length;
}
