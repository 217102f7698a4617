import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { NOT_A_CHARACTER, Random } from "../../base/index.js";
import { imageAt } from "../image-set.js";
import { syntheticGlyph } from "../scenes/synthetic-glyph.js";
import { classIn, selectImages, selections } from "./class-selection.js";
import { joinImages } from "./join-images.js";
import { isForeign, notCharacters } from "./not-characters.js";
import { parseMixture } from "./parse-mixture.js";
import { redraw } from "./redraw.js";

const random = new Random(1);
const glyphs = [..."0123456789AbcXyzo"].map((label) => syntheticGlyph(label, random));
const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("classIn", () => {
  it("counts capitals as small letters, or merges those that look alike", () => {
    expect(classIn("letters", "Q")).toBe("q");
    expect(classIn("letters", "7")).toBeUndefined();
    expect(classIn("characters", "c")).toBe("C");
    expect(classIn("characters", "q")).toBe("q");
    expect(classIn("characters", "Q")).toBe("Q");
    expect(classIn("digits", "o")).toBeUndefined();
  });

  it("knows the 47 classes of EMNIST", () => {
    expect(selections.characters).toHaveLength(47);
  });
});

describe("redraw", () => {
  const { set, indices } = redraw(glyphs, { selection: "digits", times: 3, random: new Random(2) });

  it("draws each character of the selection as often as it is told", () => {
    expect(set.count).toBe(30);
    expect([...indices.subarray(0, 10)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(Array.from(set.labels, (label) => set.classes[label])).toEqual(
      Array.from(indices, (index) => glyphs[index]!.label),
    );
  });

  it("draws it another way every time, within MNIST's frame", () => {
    expect(imageAt(set, 0)).not.toEqual(imageAt(set, 10));
    for (let i = 0; i < set.count; i++) {
      const columns = Array.from(imageAt(set, i).entries()).filter(([, ink]) => ink > 127);
      const xs = columns.map(([at]) => at % 28);
      const ys = columns.map(([at]) => Math.floor(at / 28));
      const longer = Math.max(...xs, 0) - Math.min(...xs, 28);
      const higher = Math.max(...ys, 0) - Math.min(...ys, 28);
      expect(Math.max(longer, higher)).toBeGreaterThan(15);
      expect(Math.max(longer, higher)).toBeLessThan(21);
    }
  });

  it("makes the same bytes from the same seed, on every machine", () => {
    expect(digest(set.images)).toBe(
      "dc190e705949ca488daa30bfe40a92a680cc5d91c518f8521364cfeefbdefb92",
    );
  });
});

describe("notCharacters", () => {
  const others = notCharacters({ count: 60, selection: "digits", glyphs, random: new Random(4) });

  it("makes images of the last class, most of them with ink", () => {
    expect(others.classes.at(-1)).toBe(NOT_A_CHARACTER);
    expect(new Set(others.labels)).toEqual(new Set([10]));
    const inked = others.labels.filter((_, i) => imageAt(others, i).some((pixel) => pixel > 100));
    expect(inked.length).toBeGreaterThan(50);
  });

  it("makes the same bytes from the same seed, on every machine", () => {
    expect(digest(others.images)).toBe(
      "a2ea6bad13a617ed965f0d8c582a4427005e12c9ebb0cfb47eda65b262cee46a",
    );
  });

  it("takes no character that looks like one of the selection", () => {
    expect(isForeign("digits", "O")).toBe(false);
    expect(isForeign("digits", "K")).toBe(true);
    expect(isForeign("digits", "4")).toBe(false);
    expect(isForeign("letters", "4")).toBe(true);
  });
});

describe("joinImages", () => {
  it("puts sets one after the other, with the classes of the larger", () => {
    const { set } = redraw(glyphs, { selection: "digits", times: 1, random: new Random(5) });
    const others = notCharacters({ count: 2, selection: "digits", glyphs, random: new Random(6) });
    const all = joinImages([set, others]);
    expect(all.count).toBe(12);
    expect(all.classes).toEqual(others.classes);
    expect(imageAt(all, 11)).toEqual(imageAt(others, 1));
    expect([...all.labels]).toEqual([...set.labels, ...others.labels]);
  });

  it("refuses images of another size", () => {
    const { set } = redraw(glyphs, { selection: "digits", times: 1, random: new Random(5) });
    expect(() => joinImages([set, { ...set, width: 20 }])).toThrow(
      "joinImages: images must be [28, 28, 1] as the first, got [28, 20, 1]",
    );
  });
});

describe("selectImages", () => {
  it("keeps the characters of the selection under its labels", () => {
    const { set } = redraw(glyphs, { selection: "characters", times: 1, random: new Random(7) });
    const { set: letters, indices } = selectImages(set, "letters");
    expect(Array.from(letters.labels, (label) => letters.classes[label]).join("")).toBe("abcxyzo");
    expect(indices).toEqual([10, 11, 12, 13, 14, 15, 16]);
    expect(imageAt(letters, 0)).toEqual(imageAt(set, 10));
  });
});

describe("parseMixture", () => {
  it("takes a selection, and sets with how often they count", () => {
    expect(parseMixture("digits:mnist+unipen*4")).toEqual({
      selection: "digits",
      parts: [
        { name: "mnist", times: 1 },
        { name: "unipen", times: 4 },
      ],
    });
  });

  it.each(["mnist", "C:\\scans", "digits", "words:mnist", "./digits:old/a:b"])(
    "takes %j for no mixture",
    (text) => expect(parseMixture(text)).toBeUndefined(),
  );

  it.each(["digits:", "digits:mnist+", "letters:unipen*0", "letters:unipen*101", "digits:A b"])(
    "refuses %j",
    (text) =>
      expect(() => parseMixture(text)).toThrow(
        /^data set .*: a part must be the name of a set, as mnist, or of one and a number up to 100, as mnist\*2, got ".*"$/,
      ),
  );
});
