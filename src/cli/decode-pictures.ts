import { resolve } from "node:path";
import type { Picture } from "../data/index.js";
import { loadPicture, pictureSize } from "../node/index.js";
import type { Io } from "./io.js";
import { STANDARD_INPUT } from "./list-pictures.js";

/** Pictures decoded at once, at most: many enough to be fast. */
export const GROUP = 32;
/** Pixels decoded at once, unless one picture alone has more: few enough for any memory. */
const MAX_PIXELS = 10_000_000;

/** A file with the picture in it, or with what is wrong with it. */
export type Decoded = { readonly file: string } & ({ picture: Picture } | { error: unknown });

/** Decodes pictures in the order of `files`, group by group; `-` is standard input. */
export async function* decodePictures(
  files: readonly string[],
  io: Io,
): AsyncGenerator<readonly Decoded[]> {
  for (let start = 0; start < files.length; start += GROUP) {
    for (const group of await inGroups(files.slice(start, start + GROUP), io)) {
      yield await Promise.all(group.map((file) => decode(file, io)));
    }
  }
}

/** Cuts a list where its pictures, by the sizes they declare, become too many pixels. */
async function inGroups(files: readonly string[], io: Io): Promise<string[][]> {
  if (files.length === 1) return [[...files]];
  const sizes = await Promise.all(files.map((file) => pixelsOf(file, io)));
  const groups: string[][] = [[]];
  let pixels = 0;
  for (const [index, file] of files.entries()) {
    const own = sizes[index]!;
    if (pixels > 0 && pixels + own > MAX_PIXELS) {
      groups.push([]);
      pixels = 0;
    }
    groups.at(-1)!.push(file);
    pixels += own;
  }
  return groups;
}

/** Standard input counts as large; what is wrong with a picture is told when it is decoded. */
async function pixelsOf(file: string, io: Io): Promise<number> {
  if (file === STANDARD_INPUT) return MAX_PIXELS;
  return pictureSize(resolve(io.cwd, file)).then(
    ({ width, height }) => width * height,
    () => 0,
  );
}

async function decode(file: string, io: Io): Promise<Decoded> {
  try {
    const picture =
      file === STANDARD_INPUT
        ? loadPicture(await io.stdin(), "standard input")
        : loadPicture(resolve(io.cwd, file));
    return { file, picture: await picture };
  } catch (error) {
    return { file, error };
  }
}
