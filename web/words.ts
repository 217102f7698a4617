import type { FoundReading, Reading } from "../src/read/index.js";
import type { Subject } from "./reader/index.js";

/** The reading in one sign; a dash while there is none. */
export function numeralOf(reading: Reading | undefined): string {
  return reading?.label ?? "–";
}

/**
 * The reading in words.
 *
 * @param subject - what was read: nothing on a sheet is not yet, in a picture it is not at all
 */
export function wordsOf(reading: Reading | undefined, subject: Subject["type"] = "ink"): string {
  if (reading === undefined) {
    return subject === "ink" ? "Nothing written yet" : "Nothing to read here";
  }
  if (reading.status === "nothing") return "Nothing here that it knows";
  if (reading.status === "read") return `${percent(reading.confidence)} sure`;
  const [first, second] = reading.top;
  return `Not sure: perhaps ${first?.label}, perhaps ${second?.label}`;
}

/** All that was read in a sentence that can be heard. */
export function sentenceOf(
  characters: readonly FoundReading[],
  subject: Subject["type"] = "ink",
): string {
  const [first] = characters;
  if (characters.length > 1) {
    return `${characters.length} characters: ${rowsOf(characters).map(spoken).join("; ")}`;
  }
  const words = wordsOf(first, subject);
  return first?.status === "read" ? `Read as ${first.label}, ${words}` : words;
}

/** A row to be heard: `4, perhaps 7, 1`. */
function spoken(row: readonly FoundReading[]): string {
  return row
    .map(({ status, label }) => (status === "read" ? label : `perhaps ${label}`))
    .join(", ");
}

/** Characters by the row they stand in. */
export function rowsOf<T extends { readonly row: number }>(characters: readonly T[]): T[][] {
  const rows = new Map<number, T[]>();
  for (const character of characters) {
    rows.set(character.row, [...(rows.get(character.row) ?? []), character]);
  }
  return [...rows.values()];
}

/** `98.7 %`; never rounded up to a certainty that no network has. */
export function percent(share: number): string {
  return `${(Math.min(Math.floor(share * 1000), 999) / 10).toFixed(1)} %`;
}
