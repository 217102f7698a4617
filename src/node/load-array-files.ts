import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { DataError, FormatError } from "../base/index.js";
import {
  type ByteSource,
  type DataFile,
  type DataSet,
  labelsFor,
  type NamedArrays,
  openNpz,
  parseNpy,
  readMat,
  setFromArrays,
} from "../data/index.js";
import { fileSource } from "./file-source.js";
import { listFolder } from "./list-folder.js";

/** Most bytes of a file that is read whole: 1 GiB, beyond the arrays of any set we know. */
const MAX_BYTES = 2 ** 30;
/** What NumPy calls the array of a file to which no name was given. */
const UNNAMED = "arr_0";

/** Whether a file calls itself one of arrays: npz, npy or MATLAB. */
export function isArrayName(name: string): boolean {
  return /\.(npz|npy|mat)$/i.test(name);
}

/**
 * Loads images and labels from an npz or MATLAB file, or from an npy file of images beside which
 * its labels lie, called alike: `x_train.npy` and `y_train.npy`.
 */
export async function loadArrayFile(path: string): Promise<DataSet> {
  const file = basename(path);
  const folder = dirname(path);
  if (!isNpy(file)) return loadArrays(stemOf(file), folder, [file]);
  const beside = (await listFolder(folder)).files.filter(isNpy);
  const labels = labelsFor(stemOf(file), beside.map(stemOf));
  const labelsFile = beside.find((other) => stemOf(other) === labels);
  if (labelsFile === undefined) {
    throw new DataError(
      `${path}: must be images beside which their labels lie, as y.npy beside x.npy, got no such file`,
    );
  }
  return loadArrays(stemOf(file), folder, [file, labelsFile]);
}

/**
 * Loads a folder of npz, npy or MATLAB files, which hold an array each or all there is together;
 * `undefined` if it holds none.
 */
export async function loadArrayFolder(path: string): Promise<DataSet | undefined> {
  const files = (await listFolder(path)).files.filter(isArrayName);
  return files.length === 0 ? undefined : loadArrays(basename(resolve(path)), path, files);
}

async function loadArrays(
  name: string,
  folder: string,
  files: readonly string[],
): Promise<DataSet> {
  const paths = files.map((file) => join(folder, file));
  const opened = await Promise.all(paths.map(openArrays));
  const arrays = opened.length === 1 ? opened[0]! : together(folder, files, opened);
  const digests = paths.map(
    async (path): Promise<DataFile> => ({ name: basename(path), sha256: await digestOf(path) }),
  );
  return setFromArrays(arrays, { name, files: await Promise.all(digests) });
}

async function openArrays(path: string): Promise<NamedArrays> {
  const source = await fileSource(path);
  switch (extname(path).toLowerCase()) {
    case ".npz": {
      const { names, read } = await openNpz(source);
      return { source: source.name, names, read };
    }
    case ".mat": {
      const { names, read } = await readMat(await readWhole(source), source.name);
      return { source: source.name, names, read: async (name) => read(name), isMatlab: true };
    }
    default: {
      const read = async () => parseNpy(await readWhole(source), source.name);
      return { source: source.name, names: [UNNAMED], read };
    }
  }
}

/** Arrays of several files as those of one: named by file, and by their own names if they have any. */
function together(
  folder: string,
  files: readonly string[],
  opened: readonly NamedArrays[],
): NamedArrays {
  const readers = new Map<string, NamedArrays["read"]>();
  for (const [index, { names, read }] of opened.entries()) {
    for (const name of names) {
      const stem = stemOf(files[index]!);
      readers.set(name === UNNAMED ? stem : `${stem} ${name}`, () => read(name));
    }
  }
  return {
    source: folder,
    names: [...readers.keys()],
    read: (name) => readers.get(name)!(name),
    isMatlab: opened.some(({ isMatlab }) => isMatlab),
  };
}

async function readWhole(source: ByteSource): Promise<Uint8Array> {
  if (source.size > MAX_BYTES) {
    throw new FormatError(source.name, `must have at most ${MAX_BYTES} bytes, got ${source.size}`);
  }
  return source.read(0, source.size);
}

/** SHA-256 of a file, read piece by piece. */
export async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest("hex");
}

function isNpy(name: string): boolean {
  return extname(name).toLowerCase() === ".npy";
}

function stemOf(file: string): string {
  return basename(file, extname(file));
}
