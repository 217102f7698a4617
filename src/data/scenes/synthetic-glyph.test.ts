import { describe, expect, it } from "vitest";
import { Random } from "../../base/index.js";
import { syntheticGlyph } from "./synthetic-glyph.js";

describe("syntheticGlyph", () => {
  it("gives the strokes of a character, a little different every time", () => {
    const random = new Random(1);
    const [one, other] = [syntheticGlyph("i", random), syntheticGlyph("i", random)];
    expect(one.label).toBe("i");
    expect(one.strokes).toHaveLength(2);
    expect(one.strokes.every((stroke) => stroke.length % 2 === 0)).toBe(true);
    expect(other).not.toEqual(one);
  });

  it("knows digits and Latin letters alone", () => {
    expect(() => syntheticGlyph("ä", new Random(1))).toThrow(
      new TypeError('syntheticGlyph: label must be a digit or Latin letter, got "ä"'),
    );
  });
});
