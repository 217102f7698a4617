import { NOT_A_CHARACTER, type Random } from "../../base/index.js";
import {
  type ImageSet,
  joinImages,
  type NotCharacterKind,
  notCharacters,
  type Selection,
  selectImages,
  selections,
  synthetic,
  syntheticGlyph,
} from "../../data/index.js";
import type { ModelFile } from "../../nn/index.js";
import { labelledBy, ofClasses } from "./add-classes.js";

/** Images of no character, for each image of one. */
const OTHERS = 0.2;
/** Glyphs that pairs and parts are made of. */
const GLYPHS = 500;
/** What is no character of any model. */
const kinds: readonly NotCharacterKind[] = [
  "pair",
  "pair",
  "part",
  "part",
  "drawing",
  "scribble",
  "hatching",
  "paper",
];

/**
 * Drawings of what a model knows, of its classes, for it to learn beside examples so that it does not forget.
 *
 * @returns nothing where its classes are none that can be drawn, or it takes other images than MNIST's
 */
export function drawnRehearsal(
  { classes, preprocessing, prepare = [] }: ModelFile,
  { count, random }: { readonly count: number; readonly random: Random },
): ImageSet | undefined {
  const { framing, width, height, ink, transposed = false } = preprocessing;
  const isUsual = framing === "mnist" && width === 28 && height === 28 && !transposed;
  if (!isUsual || prepare.length > 0) return undefined;
  const characters = drawnCharacters(classes, { count, random: random.fork("characters") });
  if (characters.count === 0) return undefined;
  const set = classes.includes(NOT_A_CHARACTER)
    ? joinImages([characters, drawnOthers(classes, Math.round(OTHERS * count), random)])
    : characters;
  return ink === "bright" ? set : { ...set, images: set.images.map((value) => 255 - value) };
}

function drawnCharacters(
  classes: readonly string[],
  { count, random }: { count: number; random: Random },
): ImageSet {
  const answers = classes.filter((name) => name !== NOT_A_CHARACTER);
  const names = Object.keys(selections) as Selection[];
  const selection = names.find((name) =>
    answers.every((answer) => (selections[name] as readonly string[]).includes(answer)),
  );
  if (selection === undefined) {
    return ofClasses(synthetic({ count, alphabet: "characters", random }), classes);
  }
  const drawn = synthetic({ count, alphabet: selection, random });
  return ofClasses(selectImages(drawn, selection).set, classes);
}

function drawnOthers(classes: readonly string[], count: number, random: Random): ImageSet {
  const labels = selections.characters;
  const glyphs = Array.from({ length: GLYPHS }, (_, i) =>
    syntheticGlyph(labels[i % labels.length]!, random),
  );
  const set = notCharacters({ count, selection: "characters", glyphs, kinds, random });
  return labelledBy({ ...set, labels: set.labels.fill(0), classes: [NOT_A_CHARACTER] }, classes);
}
