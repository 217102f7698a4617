import type { ModelFile, ReadingOptions } from "../../nn/index.js";

/**
 * An adapted model with how sure its readings must be, and in its record whether that was found anew.
 *
 * @param fitted - by `fitReading` of `inkling/evaluate`
 */
export function withReading(
  file: ModelFile,
  fitted: { readonly reading: ReadingOptions; readonly how: "fitted" | "kept" },
): ModelFile {
  const { reading, how } = fitted;
  const adaptations = Array.isArray(file.record.adaptations) ? file.record.adaptations : [];
  const last = { ...adaptations.at(-1), reading: how };
  const record = { ...file.record, adaptations: [...adaptations.slice(0, -1), last] };
  return { ...file, reading, record };
}
