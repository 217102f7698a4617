import { describe, expect, it } from "vitest";
import type { FoundReading } from "../src/read/index.js";
import { numeralOf, percent, rowsOf, sentenceOf, wordsOf } from "./words.js";

const top = [
  { label: "4", confidence: 0.984 },
  { label: "9", confidence: 0.016 },
];
const pixels = new Uint8Array(784);
const place = { box: { left: 0, top: 0, right: 9, bottom: 9 }, row: 0 };
const read: FoundReading = { status: "read", label: "4", confidence: 0.984, top, pixels, ...place };
const unsure: FoundReading = { ...read, status: "unsure", confidence: 0.5 };
const scribble: FoundReading = { ...read, status: "nothing", label: null };

describe("words for a reading", () => {
  it("tell how sure it is", () => {
    expect([numeralOf(read), wordsOf(read)]).toEqual(["4", "98.4 % sure"]);
    expect(sentenceOf([read])).toBe("Read as 4, 98.4 % sure");
  });

  it("name both candidates when it is not", () => {
    expect([numeralOf(unsure), wordsOf(unsure)]).toEqual(["4", "Not sure: perhaps 4, perhaps 9"]);
    expect(sentenceOf([unsure])).toBe("Not sure: perhaps 4, perhaps 9");
  });

  it("make no digit of a blank sheet or picture, nor of a scribble", () => {
    expect([numeralOf(undefined), wordsOf(undefined)]).toEqual(["–", "Nothing written yet"]);
    expect(sentenceOf([], "picture")).toBe("Nothing to read here");
    expect([numeralOf(scribble), wordsOf(scribble)]).toEqual(["–", "Nothing here that it knows"]);
  });

  it("tell several characters row by row, and which of them are doubtful", () => {
    const characters = [read, { ...unsure, label: "7" }, { ...read, label: "2", row: 1 }];
    expect(rowsOf(characters).map((row) => row.map(({ label }) => label))).toEqual([
      ["4", "7"],
      ["2"],
    ]);
    expect(sentenceOf(characters)).toBe("3 characters: 4, perhaps 7; 2");
  });

  it("never claim certainty", () => {
    expect([1, 0.99996, 0.5, 0].map(percent)).toEqual(["99.9 %", "99.9 %", "50.0 %", "0.0 %"]);
  });
});
