import type { Random } from "../../base/index.js";
import type { ImageSet } from "../image-set.js";
import { type PenPath, parsePenPath } from "./pen-path.js";
import { capitalSkeletons, digitSkeletons, smallSkeletons } from "./skeletons.js";
import { Writer } from "./writer.js";

const SIZE = 28;

const alphabets = {
  digits: digitSkeletons,
  letters: { ...capitalSkeletons, ...smallSkeletons },
  characters: { ...digitSkeletons, ...capitalSkeletons, ...smallSkeletons },
};

/** What {@link synthetic} writes: 10 digits, 26 capitals and 26 small letters, or all 62. */
export type Alphabet = keyof typeof alphabets;

/**
 * Generates images that look handwritten, framed like MNIST: unlimited, and no file is needed.
 *
 * Every image is one of several ways to write its character, with random slant, turn, width, bend,
 * pen and unsteadiness. All classes occur equally often (to within one), in random order. The same
 * random numbers give the same bytes on every machine.
 *
 * This is for tests and a first training; a network trained on it reads real handwriting less well
 * than one trained on real handwriting.
 */
export function synthetic(options: {
  readonly count: number;
  readonly alphabet?: Alphabet;
  readonly random: Random;
}): ImageSet {
  const { count, alphabet = "digits", random } = options;
  if (!(Number.isSafeInteger(count) && count >= 0)) {
    throw new TypeError(`synthetic: count must be a whole number, got ${count}`);
  }
  const classes = Object.keys(alphabets[alphabet]);
  const ways: PenPath[][] = Object.values(alphabets[alphabet]).map((list) =>
    list.map(parsePenPath),
  );
  const labels = random.shuffle(Int32Array.from({ length: count }, (_, i) => i % classes.length));
  const images = new Uint8Array(count * SIZE * SIZE);
  const writer = new Writer(random);
  for (let i = 0; i < count; i++) {
    const choices = ways[labels[i]];
    const path = choices[random.integer(choices.length)];
    writer.write(path, images.subarray(i * SIZE * SIZE, (i + 1) * SIZE * SIZE));
  }
  return { count, height: SIZE, width: SIZE, channels: 1, images, labels, classes };
}
