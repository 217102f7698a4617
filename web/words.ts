import type { Reading } from "../src/read/index.js";

/** The reading in one sign; a dash while there is none. */
export function numeralOf(reading: Reading | undefined): string {
  return reading?.label ?? "–";
}

/** The reading in words. */
export function wordsOf(reading: Reading | undefined): string {
  if (reading === undefined || reading.status === "nothing") return "Nothing written yet";
  if (reading.status === "read") return `${percent(reading.confidence)} sure`;
  const [first, second] = reading.top;
  return `Not sure: perhaps ${first?.label}, perhaps ${second?.label}`;
}

/** The reading in a sentence that can be heard. */
export function sentenceOf(reading: Reading | undefined): string {
  const words = wordsOf(reading);
  return reading?.status === "read" ? `Read as ${reading.label}, ${words}` : words;
}

/** `98.7 %`; never rounded up to a certainty that no network has. */
export function percent(share: number): string {
  return `${(Math.min(Math.floor(share * 1000), 999) / 10).toFixed(1)} %`;
}
