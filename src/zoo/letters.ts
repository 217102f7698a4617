import { bundledNet } from "./bundled-net.js";
import { digits } from "./digits.js";
import type { Recipe } from "./recipe.js";

/** The bundled reader of letters, capitals counted as small letters: 26 classes and what is no letter. */
export const letters: Recipe = {
  name: "letters",
  summary: "the bundled reader of letters",
  data: "letters:unipen+redrawn+synthetic+others",
  model: bundledNet([32, 64, 128, 160], 27),
  training: { ...digits.training, epochs: 15 },
};

/**
 * The bundled reader of digits and letters: EMNIST's 47 classes, of which fifteen stand for capital and small
 * letter alike, and what is neither. `--data characters:emnist-byclass+others` trains it on EMNIST.
 */
export const characters: Recipe = {
  name: "characters",
  summary: "the bundled reader of digits and letters",
  data: "characters:mnist+unipen+redrawn+synthetic+others",
  model: bundledNet([32, 64, 128, 160], 48),
  training: { ...digits.training, epochs: 6 },
};
