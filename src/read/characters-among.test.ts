import { describe, expect, it } from "vitest";
import { charactersAmong, type FoundReading } from "./index.js";

const box = { left: 0, top: 0, right: 9, bottom: 9 };
const rest = { confidence: 0.9, top: [], pixels: new Uint8Array(4), box, row: 0 };
const four: FoundReading = { status: "read", label: "4", ...rest };
const perhaps: FoundReading = { status: "unsure", label: "7", ...rest };
const scribble: FoundReading = { status: "nothing", label: null, ...rest };

describe("the characters among what was found", () => {
  it("are all but what is surely none", () => {
    expect(charactersAmong([scribble, four, scribble, perhaps])).toEqual([four, perhaps]);
  });

  it("are what is surely none where there is nothing else, told once", () => {
    expect(charactersAmong([scribble, { ...scribble, row: 1 }])).toEqual([scribble]);
  });

  it("are none where nothing was found", () => {
    expect(charactersAmong([])).toEqual([]);
  });
});
