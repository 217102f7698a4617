import type { FoundReading } from "./reader.js";

/**
 * The characters among what was found in a picture, as they are told: what is surely none is left out,
 * unless it is all there is; then the first stands for the picture. None where there is no ink.
 */
export function charactersAmong(found: readonly FoundReading[]): readonly FoundReading[] {
  const characters = found.filter(({ status }) => status !== "nothing");
  return characters.length > 0 ? characters : found.slice(0, 1);
}
