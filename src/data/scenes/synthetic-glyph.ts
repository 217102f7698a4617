import type { Random } from "../../base/index.js";
import { parsePenPath } from "../synthetic/pen-path.js";
import { capitalSkeletons, digitSkeletons, smallSkeletons } from "../synthetic/skeletons.js";
import { Writer } from "../synthetic/writer.js";
import type { StrokeGlyph } from "./stroke-glyph.js";

const skeletons = { ...digitSkeletons, ...capitalSkeletons, ...smallSkeletons };

/** One of several ways to write a digit or Latin letter, in an unsteady hand. */
export function syntheticGlyph(label: string, random: Random): StrokeGlyph {
  const ways = skeletons[label];
  if (ways === undefined) {
    throw new TypeError(`syntheticGlyph: label must be a digit or Latin letter, got "${label}"`);
  }
  const path = parsePenPath(ways[random.integer(ways.length)]);
  return { label, strokes: new Writer(random).strokes(path) };
}
