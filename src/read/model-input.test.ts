import { describe, expect, it } from "vitest";
import { greyPicture } from "../../test/pixel-grid.js";
import { DataError } from "../base/index.js";
import type { Picture } from "../data/index.js";
import { mnistFraming, type Preprocessing } from "../nn/index.js";
import { frameGlyph } from "./frame-glyph.js";
import { type Framing, modelInput } from "./model-input.js";

const CONTRACT = mnistFraming();

/** A dark bar far from the middle: framing would move, enlarge and invert it. */
const bar = (size: number) =>
  greyPicture(size, size, (x, y) => (x < size / 7 && y < size / 2 ? 10 : 240));

const pixels = (picture: Picture, contract: Preprocessing, framing?: Framing) => {
  const input = modelInput(picture, contract, framing && { framing });
  return input.status === "glyph" ? [...input.pixels] : input.status;
};

const levels = (picture: Picture) => [...picture.data].filter((_, i) => i % 4 === 0);
const framed = (picture: Picture) => pixels(picture, CONTRACT, "ink");

describe("modelInput", () => {
  it("takes a grey picture of the model's size as it is", () => {
    expect(pixels(bar(28), CONTRACT)).toEqual(levels(bar(28)));
  });

  it("frames a picture of any other size", () => {
    expect(modelInput(bar(56), CONTRACT)).toEqual(frameGlyph(bar(56), CONTRACT));
    expect(pixels(bar(56), CONTRACT)).toEqual(framed(bar(56)));
  });

  it("frames a picture of the right size that has colour or can be seen through", () => {
    const coloured = bar(28);
    coloured.data[0] = 60;
    expect(pixels(coloured, CONTRACT)).toEqual(framed(coloured));
    const seeThrough = bar(28);
    seeThrough.data[3] = 0;
    expect(pixels(seeThrough, CONTRACT)).toEqual(framed(seeThrough));
  });

  it("frames even a grey picture of the right size if told to", () => {
    expect(framed(bar(28))).not.toEqual(levels(bar(28)));
  });

  it("takes even a coloured picture of the right size as it is if told to", () => {
    const coloured = bar(28);
    coloured.data[0] = 60;
    expect(pixels(coloured, CONTRACT, "raw").slice(1)).toEqual(levels(bar(28)).slice(1));
  });

  it("refuses a picture of another size if told to take it as it is", () => {
    expect(() => modelInput(bar(56), CONTRACT, { framing: "raw" })).toThrow(
      new DataError(
        "framing raw: pictures must have 28 × 28 pixels, as the model takes, got 56 × 56; choose auto or ink",
      ),
    );
  });

  it("finds nothing on a picture of one colour, framing or no framing", () => {
    const blank = greyPicture(40, 40, () => 255);
    for (const framing of ["mnist", "none"] as const) {
      expect(pixels(blank, { ...CONTRACT, framing })).toBe("nothing");
    }
  });

  it("only brings pictures to size for a model without framing", () => {
    expect(pixels(bar(56), { ...CONTRACT, framing: "none" })).toEqual(levels(bar(28)));
  });
});
