import { resolve } from "node:path";
import { DataError, nearest } from "../base/index.js";
import type { ModelFile } from "../nn/index.js";
import { bundledModels, loadModel } from "../node/index.js";

/** Loads the model that a command names: a bundled one, or a path meant from `cwd`. */
export async function loadNamedModel(name: string, cwd: string): Promise<ModelFile> {
  const bundled = await bundledModels();
  if (bundled.includes(name)) return loadModel(name);
  try {
    return await loadModel(resolve(cwd, name));
  } catch (error) {
    const meant = nearest(name, bundled);
    if (!(error instanceof DataError) || meant === undefined) throw error;
    throw new DataError(
      `model ${name}: must be a bundled model (${bundled.join(", ")}), a .inkling file or the folder of a run, got none of these; did you mean ${meant}?`,
      { cause: error },
    );
  }
}
