import { NOT_A_CHARACTER, type Random } from "../../base/index.js";
import {
  type ImageSet,
  joinImages,
  type NotCharacterKind,
  notCharacters,
  type Selection,
  selectImages,
  selections,
  subset,
  synthetic,
  syntheticGlyph,
} from "../../data/index.js";
import type { ModelFile } from "../../nn/index.js";
import { labelledBy, ofClasses } from "./add-classes.js";

/** Images of no character for each image of one. */
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
 * Images of what a model knows, of its classes, for it to learn beside examples so that it does not forget:
 * some of those it was trained on, where they are at hand, otherwise drawings; and drawings of no characters.
 *
 * @param options.known - images as the model takes them, of its classes
 * @returns nothing where there are none, and its classes cannot be drawn or it takes other images than MNIST's
 */
export function rehearsalFor(
  file: ModelFile,
  options: { readonly count: number; readonly random: Random; readonly known?: ImageSet },
): ImageSet | undefined {
  const { count, random, known } = options;
  if (known === undefined) return drawnRehearsal(file, { count, random });
  const order = random.fork("known").shuffle([...known.labels.keys()]);
  const some = subset(known, order.slice(0, count));
  const others = drawings(file, () => drawnOthers(file.classes, count, random));
  return others ? joinImages([some, others]) : some;
}

/** As {@link rehearsalFor}, with nothing at hand. */
export function drawnRehearsal(
  file: ModelFile,
  { count, random }: { readonly count: number; readonly random: Random },
): ImageSet | undefined {
  return drawings(file, () => {
    const characters = drawnCharacters(file.classes, { count, random: random.fork("characters") });
    const others = drawnOthers(file.classes, count, random);
    return others ? joinImages([characters, others]) : characters;
  });
}

/** What is drawn, as the model takes it; nothing where it takes other images than MNIST's. */
function drawings(
  { preprocessing, prepare = [] }: ModelFile,
  draw: () => ImageSet | undefined,
): ImageSet | undefined {
  const { framing, width, height, ink, transposed = false } = preprocessing;
  const isUsual = framing === "mnist" && width === 28 && height === 28 && !transposed;
  const set = isUsual && prepare.length === 0 ? draw() : undefined;
  if (set === undefined || set.count === 0) return undefined;
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

/** Beside so many characters; none for a model that has no class for them. */
function drawnOthers(
  classes: readonly string[],
  characters: number,
  random: Random,
): ImageSet | undefined {
  if (!classes.includes(NOT_A_CHARACTER)) return undefined;
  const labels = selections.characters;
  const glyphs = Array.from({ length: GLYPHS }, (_, i) =>
    syntheticGlyph(labels[i % labels.length]!, random),
  );
  const count = Math.round(OTHERS * characters);
  const set = notCharacters({ count, selection: "characters", glyphs, kinds, random });
  return labelledBy({ ...set, labels: set.labels.fill(0), classes: [NOT_A_CHARACTER] }, classes);
}
