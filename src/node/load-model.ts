import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DataError, FormatError } from "../base/index.js";
import {
  decodeAnyModelFile,
  decodeModelFile,
  type ModelFile,
  type TableModelFile,
} from "../nn/index.js";

const EXTENSION = ".inkling";
/** The model of a run's folder. */
const RUN_MODEL = `model${EXTENSION}`;
/** Most bytes of a model's file. */
const MAX_BYTES = 1_000_000_000;
/** The models that come with the package. */
const BUNDLED = fileURLToPath(new URL("../../models/", import.meta.url));

/**
 * Loads a model: one that comes with the package by its name, a file, or a run by its folder.
 *
 * A bundled name goes before a file of the same name; write `./digits` for the file.
 *
 * @throws {DataError} when there is no such model
 * @throws {FormatError} when its file is broken or too large
 */
export async function loadModel(nameOrPath: string): Promise<ModelFile> {
  const { bytes, path } = await readModel(nameOrPath);
  return decodeModelFile(bytes, path);
}

/** Loads a model as {@link loadModel} does, be it one of pictures or of tables. */
export async function loadAnyModel(nameOrPath: string): Promise<ModelFile | TableModelFile> {
  const { bytes, path } = await readModel(nameOrPath);
  return decodeAnyModelFile(bytes, path);
}

async function readModel(nameOrPath: string): Promise<{ bytes: Uint8Array; path: string }> {
  const bundled = await bundledModels();
  const path = bundled.includes(nameOrPath)
    ? join(BUNDLED, nameOrPath + EXTENSION)
    : await modelPath(nameOrPath);
  if (path === undefined) {
    throw new DataError(
      `model ${nameOrPath}: must be a bundled model (${bundled.join(", ") || "none here"}), an ${EXTENSION} file or the folder of a run, got none of these; \`inkling train\` makes one`,
    );
  }
  const { size } = await stat(path);
  if (size > MAX_BYTES) {
    throw new FormatError(path, `must have at most ${MAX_BYTES} bytes, got ${size}`);
  }
  const bytes = await readFile(path);
  if (!beginsLikeModel(bytes)) {
    throw new FormatError(path, `must be an ${EXTENSION} file, got another kind of file`);
  }
  return { bytes, path };
}

/** Whether a file begins with a length below 4 GiB, as 64 bits, and JSON: safetensors, at a glance. */
function beginsLikeModel(bytes: Uint8Array): boolean {
  return bytes.subarray(4, 8).every((byte) => byte === 0) && bytes[8] === "{".charCodeAt(0);
}

/** Names of the models that come with the package, in alphabetical order. */
export async function bundledModels(): Promise<string[]> {
  const files = await readdir(BUNDLED).catch(() => []);
  return files
    .filter((file) => file.endsWith(EXTENSION))
    .map((file) => file.slice(0, -EXTENSION.length))
    .sort();
}

async function modelPath(path: string): Promise<string | undefined> {
  for (const candidate of [path, join(path, RUN_MODEL)]) {
    const found = await stat(candidate).catch(() => undefined);
    if (found?.isFile()) return candidate;
  }
  return undefined;
}
