import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { DataError } from "../base/index.js";
import { isFolder, isPictureName, naturalOrder } from "../node/index.js";

/**
 * The pictures that the arguments of `inkling read` stand for, in their order: a folder for all
 * the pictures below it in natural order, anything else for itself. Names are kept as given; a
 * file that is not there is found out when it is read.
 */
export async function listPictures(named: readonly string[], cwd: string): Promise<string[]> {
  const lists = await Promise.all(
    named.map(async (name) =>
      name !== "-" && (await isFolder(resolve(cwd, name))) ? picturesBelow(name, cwd) : [name],
    ),
  );
  return lists.flat();
}

async function picturesBelow(folder: string, cwd: string): Promise<string[]> {
  const names = await readdir(resolve(cwd, folder), { recursive: true });
  const pictures = names.filter(isPictureName);
  if (pictures.length === 0) {
    throw new DataError(`${folder}: must hold PNG, JPEG or WebP pictures, got none`);
  }
  return pictures.sort(naturalOrder).map((name) => join(folder, name));
}
