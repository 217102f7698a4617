import { describe, expect, it } from "vitest";
import type { Reading } from "../src/read/index.js";
import { numeralOf, percent, sentenceOf, wordsOf } from "./words.js";

const top = [
  { label: "4", confidence: 0.984 },
  { label: "9", confidence: 0.016 },
];
const pixels = new Uint8Array(784);
const read: Reading = { status: "read", label: "4", confidence: 0.984, top, pixels };
const unsure: Reading = { ...read, status: "unsure", confidence: 0.5 };
const nothing: Reading = { status: "nothing", label: null, confidence: 0, top: [], pixels };

describe("words for a reading", () => {
  it("tell how sure it is", () => {
    expect([numeralOf(read), wordsOf(read)]).toEqual(["4", "98.4 % sure"]);
    expect(sentenceOf(read)).toBe("Read as 4, 98.4 % sure");
  });

  it("name both candidates when it is not", () => {
    expect([numeralOf(unsure), wordsOf(unsure)]).toEqual(["4", "Not sure: perhaps 4, perhaps 9"]);
    expect(sentenceOf(unsure)).toBe("Not sure: perhaps 4, perhaps 9");
  });

  it("make no digit of a blank sheet, read or not", () => {
    for (const blank of [nothing, undefined]) {
      expect([numeralOf(blank), wordsOf(blank)]).toEqual(["–", "Nothing written yet"]);
    }
  });

  it("never claim certainty", () => {
    expect([1, 0.99996, 0.5, 0].map(percent)).toEqual(["99.9 %", "99.9 %", "50.0 %", "0.0 %"]);
  });
});
