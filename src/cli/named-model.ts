import { resolve } from "node:path";
import { DataError, nearest } from "../base/index.js";
import type { ModelFile, TableModelFile } from "../nn/index.js";
import { bundledModels, loadAnyModel, loadModel } from "../node/index.js";

/** Loads the model of pictures that a command names: a bundled one, or a path meant from `cwd`. */
export function loadNamedModel(name: string, cwd: string): Promise<ModelFile> {
  return namedModel(name, cwd, loadModel);
}

/** Loads a model as {@link loadNamedModel} does, be it one of pictures or of tables. */
export function loadAnyNamedModel(name: string, cwd: string): Promise<ModelFile | TableModelFile> {
  return namedModel(name, cwd, loadAnyModel);
}

async function namedModel<T>(
  name: string,
  cwd: string,
  load: (nameOrPath: string) => Promise<T>,
): Promise<T> {
  const bundled = await bundledModels();
  if (bundled.includes(name)) return load(name);
  try {
    return await load(resolve(cwd, name));
  } catch (error) {
    const meant = nearest(name, bundled);
    if (!(error instanceof DataError) || meant === undefined) throw error;
    throw new DataError(
      `model ${name}: must be a bundled model (${bundled.join(", ")}), a .inkling file or the folder of a run, got none of these; did you mean ${meant}?`,
      { cause: error },
    );
  }
}
