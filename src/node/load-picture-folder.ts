import { join } from "node:path";
import { DataError } from "../base/index.js";
import type { Picture } from "../data/index.js";
import { isPictureName, listFolder } from "./list-folder.js";
import { loadPicture } from "./load-picture.js";

/** Pictures of any size, each labelled by the folder it lies in. */
export interface PictureFolder {
  /** The names of the sub-folders, in natural order. */
  readonly classes: readonly string[];
  /** Below the folder, class by class, in natural order: `7/seven-2.png`. */
  readonly files: readonly string[];
  /** Index into `classes` per file. */
  readonly labels: Int32Array;
  /** Reads and decodes one after the other, in the order of `files`. */
  pictures(): AsyncGenerator<Picture>;
}

/**
 * Lists the pictures (PNG, JPEG, WebP) in the sub-folders of `path`; each sub-folder is a label.
 *
 * Hidden files and those of other kinds are passed over.
 */
export async function loadPictureFolder(path: string): Promise<PictureFolder> {
  const { files: loose, folders: classes } = await listFolder(path);
  if (classes.length === 0) {
    const got = loose.some(isPictureName) ? "pictures without a sub-folder" : "no sub-folder";
    throw new DataError(
      `${path}: must hold IDX files or a sub-folder of pictures for every label, got ${got}`,
    );
  }
  const files: string[] = [];
  const labels: number[] = [];
  for (const [label, folder] of classes.entries()) {
    const names = (await listFolder(join(path, folder))).files.filter(isPictureName);
    if (names.length === 0) {
      throw new DataError(
        `${join(path, folder)}: must hold PNG, JPEG or WebP pictures of "${folder}", got none`,
      );
    }
    for (const name of names) {
      files.push(`${folder}/${name}`);
      labels.push(label);
    }
  }
  return {
    classes,
    files,
    labels: Int32Array.from(labels),
    async *pictures() {
      for (const file of files) yield await loadPicture(join(path, file));
    },
  };
}
