import { NOT_A_CHARACTER, type Random } from "../../base/index.js";
import type { ImageSet } from "../image-set.js";
import type { StrokeGlyph } from "../scenes/stroke-glyph.js";
import { valueNoise } from "../scenes/value-noise.js";
import { classIn, type Selection, selections } from "./class-selection.js";
import { blot, drawing, hatching, scribble } from "./shapes.js";
import { StrokeRenderer } from "./stroke-renderer.js";

const SIDE = 28;
type Strokes = StrokeGlyph["strokes"];

/** What some write like a digit or others a digit like; for a model of digits they are neither one nor none. */
export const lookAlikes = {
  digits: "OoDQaIlijJtrTZzsSbGhyYqgB",
  letters: "0125689",
  characters: "",
} as const satisfies Record<Selection, string>;

/** Whether a character is no member of a selection and looks like none, either. */
export function isForeign(selection: Selection, character: string): boolean {
  return classIn(selection, character) === undefined && !lookAlikes[selection].includes(character);
}

/** Draws one image into `[28, 28]`, which is 0 throughout. */
type Draw = (target: Uint8Array) => void;

/**
 * Kinds of images that show no character of a selection. `foreign`: a character that is not in it and looks
 * like none that is. `pair`: two side by side. `part`: one that was cut through. `drawing`: a mark or
 * a figure. `blot`: a filled one. `scribble`, `hatching`: a pen tried out, ink rubbed over a place. `paper`: no ink.
 */
export const notCharacterKinds = [
  "foreign",
  "pair",
  "part",
  "drawing",
  "blot",
  "scribble",
  "hatching",
  "paper",
] as const;

export type NotCharacterKind = (typeof notCharacterKinds)[number];

/** What a model learns most from: other characters, and what cutting out goes wrong with. */
const usual: readonly NotCharacterKind[] = [
  ...(["foreign", "foreign", "foreign", "foreign", "pair", "pair", "part", "part"] as const),
  ...(["drawing", "blot", "scribble", "hatching", "paper"] as const),
];

/**
 * Images that show no character of a selection.
 *
 * @param options.glyphs - characters to take foreign ones, pairs and parts from
 * @param options.kinds - all equally often; if not said, foreign ones a third, pairs and parts a sixth each
 * @returns all of the class {@link NOT_A_CHARACTER}, the last of the selection's classes
 */
export function notCharacters(options: {
  readonly count: number;
  readonly selection: Selection;
  readonly glyphs: readonly StrokeGlyph[];
  readonly kinds?: readonly NotCharacterKind[];
  readonly random: Random;
}): ImageSet {
  const { count, selection, glyphs, random } = options;
  const foreign = glyphs.filter(({ label }) => isForeign(selection, label));
  // Where every character is in the selection none is foreign.
  const kinds = (options.kinds ?? usual).filter((kind) => kind !== "foreign" || foreign.length > 0);
  const renderer = new StrokeRenderer(random);
  const any = <T>(list: readonly T[]): T => list[random.integer(list.length)];
  const draw: Readonly<Record<NotCharacterKind, Draw>> = {
    foreign: (target) => renderer.render(any(foreign).strokes, target),
    pair: (target) => renderer.render(pair(any(glyphs), any(glyphs), random), target),
    part: (target) => {
      renderer.render(any(glyphs).strokes, target);
      magnify(target, random);
    },
    drawing: (target) => renderer.render(drawing(random), target),
    blot: (target) => renderer.render(blot(random), target),
    scribble: (target) => renderer.render(scribble(random), target),
    hatching: (target) => renderer.render(hatching(random), target),
    paper: (target) => paper(target, random),
  };
  const classes = [...selections[selection], NOT_A_CHARACTER];
  const images = new Uint8Array(count * SIDE * SIDE);
  for (let i = 0; i < count; i++) {
    draw[any(kinds)](images.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE));
  }
  const labels = new Int32Array(count).fill(classes.length - 1);
  return { count, height: SIDE, width: SIDE, channels: 1, images, labels, classes };
}

/** Two characters side by side, at most touching, the second a little higher or lower. */
function pair(first: StrokeGlyph, second: StrokeGlyph, random: Random): Strokes {
  const left = levelled(first.strokes);
  const right = levelled(second.strokes);
  const gap = random.between(0, 0.35);
  const drop = random.between(-0.25, 0.25);
  const shifted = right.strokes.map((stroke) =>
    stroke.map((value, i) => value + (i % 2 === 0 ? left.width + gap : drop)),
  );
  return [...left.strokes, ...shifted];
}

/** Strokes of height 1 whose left edge is 0; flat ones of width 1. */
function levelled(strokes: Strokes): { strokes: number[][]; width: number } {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const stroke of strokes) {
    for (let i = 0; i < stroke.length; i += 2) {
      left = Math.min(left, stroke[i]);
      right = Math.max(right, stroke[i]);
      top = Math.min(top, stroke[i + 1]);
      bottom = Math.max(bottom, stroke[i + 1]);
    }
  }
  const size = Math.max(bottom - top, (right - left) / 2) || 1;
  const moved = strokes.map((stroke) =>
    stroke.map((value, i) => (value - (i % 2 === 0 ? left : top)) / size),
  );
  return { strokes: moved, width: (right - left) / size };
}

/** Leaves a corner or a side of an image, 1.7 to 3 times as large, as where a character was cut through. */
function magnify(image: Uint8Array, random: Random): void {
  const original = image.slice();
  const cell = 1 / random.between(1.7, 3);
  // The part shown lies off the middle, so that something is cut.
  const room = SIDE * (1 - cell);
  const x0 = random.integer(2) === 0 ? 0.15 * room : 0.85 * room;
  const y0 = random.between(0.15, 0.85) * room;
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      image[y * SIDE + x] = valueAt(original, x0 + cell * x, y0 + cell * y);
    }
  }
}

/** Bilinear; 0 outside. */
function valueAt(image: Uint8Array, x: number, y: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const at = (dx: number, dy: number) =>
    row + dy < SIDE && column + dx < SIDE ? image[(row + dy) * SIDE + column + dx] : 0;
  const [u, v] = [x - column, y - row];
  const upper = at(0, 0) + u * (at(1, 0) - at(0, 0));
  return upper + v * (at(0, 1) + u * (at(1, 1) - at(0, 1)) - upper);
}

/** Paper without ink, uneven and cloudy to any degree; one in four is clean. */
function paper(target: Uint8Array, random: Random): void {
  if (random.integer(4) === 0) return;
  const level = random.between(0, 0.5);
  const strength = random.between(0.1, 1);
  const { data } = valueNoise(SIDE, SIDE, random.between(1.5, 12), random);
  for (let i = 0; i < target.length; i++) {
    target[i] = 255 * Math.min(1, Math.max(0, level + strength * data[i]));
  }
}
