import type { Random } from "../../base/index.js";
import type { ImageSet } from "../image-set.js";
import type { StrokeGlyph } from "../scenes/stroke-glyph.js";
import { classIn, type Selection, selections } from "./class-selection.js";
import { coarsePath } from "./coarse-path.js";
import { regionalForm } from "./regional-forms.js";
import { StrokeRenderer } from "./stroke-renderer.js";

const SIDE = 28;

/**
 * Draws the characters of a selection from their strokes, every time with another pen, in another hand and
 * some in a form of another region.
 *
 * @param options.times - images a character
 * @returns the images, and of which glyph each is
 */
export function redraw(
  glyphs: readonly StrokeGlyph[],
  options: { readonly selection: Selection; readonly times: number; readonly random: Random },
): { set: ImageSet; indices: Int32Array } {
  const { selection, times, random } = options;
  const classes: readonly string[] = selections[selection];
  const chosen = glyphs.flatMap(({ label, strokes }, index) => {
    const name = classIn(selection, label);
    return name === undefined ? [] : [{ index, label, strokes, place: classes.indexOf(name) }];
  });
  const count = times * chosen.length;
  const images = new Uint8Array(count * SIDE * SIDE);
  const labels = new Int32Array(count);
  const indices = new Int32Array(count);
  const renderer = new StrokeRenderer(random);
  for (let i = 0; i < count; i++) {
    const glyph = chosen[i % chosen.length];
    const target = images.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE);
    const strokes = regionalForm(glyph, random);
    renderer.render(coarsePath(glyph.label, strokes, random), target);
    labels[i] = glyph.place;
    indices[i] = glyph.index;
  }
  const set = { count, height: SIDE, width: SIDE, channels: 1, images, labels, classes };
  return { set, indices };
}
