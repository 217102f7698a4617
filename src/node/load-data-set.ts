import { DataError, Random } from "../base/index.js";
import {
  type DataSet,
  dataSetCatalog,
  type LabelOptions,
  parseMixture,
  synthetic,
} from "../data/index.js";
import { isFolder } from "./list-folder.js";
import { isArrayName, loadArrayFile, loadArrayFolder } from "./load-array-files.js";
import { loadIdxFolder } from "./load-idx-folder.js";
import { loadMixture } from "./load-mixture.js";
import { type LoadNamedSetOptions, loadNamedSet } from "./load-named-set.js";
import { isParquetName, loadParquetFile, loadParquetFolder } from "./load-parquet.js";
import { type LoadPictureSetOptions, loadPictureSet } from "./load-picture-set.js";
import { loadTableImages } from "./load-tables.js";
import { unknownWriters } from "./load-writers.js";
import { isFile } from "./locate-data-set.js";

export interface LoadDataSetOptions
  extends LoadNamedSetOptions,
    LoadPictureSetOptions,
    LabelOptions {
  /** What `synthetic` draws its images from; 1 if absent. */
  readonly seed?: number;
}

const SYNTHETIC = "synthetic";
const SYNTHETIC_TRAIN = 20_000;
const SYNTHETIC_TEST = 4_000;

/**
 * Loads the data set that `--data` names: one of the catalogue, `synthetic` (20,000 digits for
 * training and 4,000 for testing, drawn from the seed), several sets as one
 * (`digits:mnist+unipen`, see {@link loadMixture}), a file of arrays (npz, npy, MATLAB), a table
 * of pixels (CSV, TSV) or a folder with `train.csv`, a folder of IDX files or files of arrays, or a
 * folder of pictures in sub-folders named by label, which serves as training and test set alike
 * unless it holds them in a folder `train` and a folder `test`.
 *
 * A name of the catalogue goes before a folder of the same name; write `./mnist` for the folder.
 */
export async function loadDataSet(
  nameOrPath: string,
  options: LoadDataSetOptions = {},
): Promise<DataSet> {
  const mixture = parseMixture(nameOrPath);
  if (mixture !== undefined) {
    return loadMixture(mixture, { ...options, seed: options.seed ?? 1, name: nameOrPath });
  }
  const entry = dataSetCatalog.find(({ name }) => name === nameOrPath);
  if (options.writers && entry === undefined) throw unknownWriters(nameOrPath);
  if (nameOrPath === SYNTHETIC) return generate(options.seed ?? 1);
  if (entry !== undefined) return loadNamedSet(entry, options);
  const table = await loadTableImages(nameOrPath, options);
  if (table !== undefined) return table;
  if (await isFolder(nameOrPath)) {
    return (
      (await loadIdxFolder(nameOrPath)) ??
      (await loadArrayFolder(nameOrPath)) ??
      (await loadParquetFolder(nameOrPath, options)) ??
      (await loadPictureSet(nameOrPath, options))
    );
  }
  if (await isFile(nameOrPath)) {
    if (isArrayName(nameOrPath)) return loadArrayFile(nameOrPath);
    if (isParquetName(nameOrPath)) return loadParquetFile(nameOrPath, options);
  }
  const names = [...dataSetCatalog.map(({ name }) => name), SYNTHETIC].join(", ");
  throw new DataError(
    `data set ${nameOrPath}: must be a folder, a file (npz, npy, mat, parquet, csv, tsv) or one of ${names}`,
  );
}

function generate(seed: number): DataSet {
  const random = new Random(seed);
  return {
    name: SYNTHETIC,
    train: synthetic({ count: SYNTHETIC_TRAIN, random: random.fork("train") }),
    test: synthetic({ count: SYNTHETIC_TEST, random: random.fork("test") }),
    files: [],
    framing: "mnist",
    fromPictures: false,
  };
}
