import { join, resolve } from "node:path";
import { DataError } from "../base/index.js";
import { isFolder, isPictureName, listFolder, naturalOrder } from "../node/index.js";
import { usageError } from "./command-error.js";

/** Standard input, among the names of pictures. */
export const STANDARD_INPUT = "-";

/**
 * The pictures that the arguments of `inkling read` stand for, in their order: a folder for all
 * the pictures below it in natural order, hidden ones left out, anything else for itself. Names are
 * kept as given; a file that is not there is found out when it is read. A folder that gives no
 * pictures is a failure among the others.
 */
export async function listPictures(
  named: readonly string[],
  cwd: string,
): Promise<{ files: string[]; failures: unknown[] }> {
  if (named.filter((name) => name === STANDARD_INPUT).length > 1) {
    throw usageError("read: standard input must be named once, got - twice");
  }
  const failures: unknown[] = [];
  const lists = await Promise.all(
    named.map(async (name) => {
      if (name === STANDARD_INPUT || !(await isFolder(resolve(cwd, name)))) return [name];
      return picturesIn(name, cwd).catch((error: unknown) => {
        failures.push(error);
        return [];
      });
    }),
  );
  return { files: lists.flat(), failures };
}

async function picturesIn(folder: string, cwd: string): Promise<string[]> {
  const names = await picturesBelow(resolve(cwd, folder));
  if (names.length === 0) {
    throw new DataError(`${folder}: must hold PNG, JPEG or WebP pictures, got none`);
  }
  return names.sort(naturalOrder).map((name) => join(folder, name));
}

/** Names from `path` on. */
async function picturesBelow(path: string): Promise<string[]> {
  const { files, folders } = await listFolder(path);
  const below = folders.map(async (folder) =>
    (await picturesBelow(join(path, folder))).map((name) => join(folder, name)),
  );
  return [...files.filter(isPictureName), ...(await Promise.all(below)).flat()];
}
