import { join } from "node:path";
import { DataError } from "../base/index.js";
import type { Picture } from "../data/index.js";
import { isPictureName, listFolder } from "./list-folder.js";
import { loadPicture } from "./load-picture.js";

/** Most broken pictures that an error names. */
const MAX_NAMED = 5;

/** Pictures of any size, each labelled by the folder it lies in. */
export interface PictureFolder {
  /** The names of the sub-folders, in natural order. */
  readonly classes: readonly string[];
  /** Below the folder, class by class, in natural order: `7/seven-2.png`. */
  readonly files: readonly string[];
  /** Index into `classes` per file. */
  readonly labels: Int32Array;
  /**
   * Reads and decodes one after the other, in the order of `files`. From the first that cannot be
   * read on, the rest is tried only to name in one error all that cannot.
   */
  pictures(): AsyncGenerator<Picture>;
}

/**
 * Lists the pictures (PNG, JPEG, WebP) in the sub-folders of `path`; each sub-folder with any is a label.
 *
 * Hidden files, those of other kinds and sub-folders without pictures are passed over.
 */
export async function loadPictureFolder(path: string): Promise<PictureFolder> {
  const { files: loose, folders } = await listFolder(path);
  const classes: string[] = [];
  const files: string[] = [];
  const labels: number[] = [];
  for (const folder of folders) {
    const names = (await listFolder(join(path, folder))).files.filter(isPictureName);
    if (names.length === 0) continue;
    for (const name of names) {
      files.push(`${folder}/${name}`);
      labels.push(classes.length);
    }
    classes.push(folder);
  }
  if (classes.length === 0) {
    const none = folders.length > 0 ? "no picture in any sub-folder" : "no sub-folder";
    const got = loose.some(isPictureName) ? "pictures without a sub-folder" : none;
    throw new DataError(
      `${path}: must hold IDX files or a sub-folder of pictures for every label, got ${got}`,
    );
  }
  return {
    classes,
    files,
    labels: Int32Array.from(labels),
    async *pictures() {
      const broken: string[] = [];
      let cause: unknown;
      for (const file of files) {
        try {
          const picture = await loadPicture(join(path, file));
          if (broken.length === 0) yield picture;
        } catch (error) {
          cause ??= error;
          broken.push(file);
        }
      }
      if (broken.length === 1) throw cause;
      if (broken.length > 1) {
        const named = broken.slice(0, MAX_NAMED).join(", ");
        const more = broken.length > MAX_NAMED ? ` and ${broken.length - MAX_NAMED} more` : "";
        throw new DataError(
          `${path}: pictures must be such as can be read, got ${broken.length} that cannot: ${named}${more}`,
          { cause },
        );
      }
    },
  };
}
