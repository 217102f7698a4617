import { encodeModelFile, type ModelFile, type TableModelFile } from "../nn/index.js";
import { writeFileAtomic } from "./write-file-atomic.js";

/**
 * Writes a model file; whoever reads it meanwhile sees the old one or the new one, never half.
 *
 * @param options.precision - `f16` halves the file, see {@link encodeModelFile}; `f32` if not said
 */
export async function saveModel(
  path: string,
  file: ModelFile | TableModelFile,
  options: { precision?: "f32" | "f16" } = {},
): Promise<void> {
  await writeFileAtomic(path, encodeModelFile(file, options));
}
