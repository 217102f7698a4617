import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { DataError } from "../base/index.js";

const PICTURE_NAME = /\.(png|jpe?g|webp)$/i;

/**
 * The pictures that the arguments of `inkling read` stand for, in their order: a folder for all
 * the pictures below it in natural order, anything else for itself. Names are kept as given; a
 * file that is not there is found out when it is read.
 */
export async function listPictures(named: readonly string[], cwd: string): Promise<string[]> {
  const lists = await Promise.all(
    named.map(async (name) => {
      const isFolder = name !== "-" && (await isDirectory(resolve(cwd, name)));
      return isFolder ? picturesBelow(name, cwd) : [name];
    }),
  );
  return lists.flat();
}

function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function picturesBelow(folder: string, cwd: string): Promise<string[]> {
  const names = await readdir(resolve(cwd, folder), { recursive: true });
  const pictures = names.filter((name) => PICTURE_NAME.test(name));
  if (pictures.length === 0) {
    throw new DataError(`${folder}: must hold PNG, JPEG or WebP pictures, got none`);
  }
  const { compare } = new Intl.Collator("en", { numeric: true });
  return pictures.sort(compare).map((name) => join(folder, name));
}
