import { describe, expect, it } from "vitest";
import { Random } from "../base/index.js";
import { isTransposed, polarityOfSet } from "./image-conventions.js";
import { prepareImages } from "./prepare/prepare-images.js";
import { synthetic } from "./synthetic/synthetic.js";

const digits = synthetic({ count: 200, random: new Random(1) });
const dark = prepareImages(digits, [{ type: "invert" }]);

describe("polarityOfSet", () => {
  it("takes for ground what there is more of", () => {
    expect(polarityOfSet(digits)).toBe("bright");
    expect(polarityOfSet(dark)).toBe("dark");
  });
});

describe("isTransposed", () => {
  it("knows upright characters, which are taller than wide, in either polarity", () => {
    expect(isTransposed(digits)).toBe(false);
    expect(isTransposed(dark)).toBe(false);
    for (const set of [digits, dark]) {
      expect(isTransposed(prepareImages(set, [{ type: "transpose" }]))).toBe(true);
    }
  });

  it("takes images without ink for upright", () => {
    expect(isTransposed({ ...digits, images: new Uint8Array(digits.images.length) })).toBe(false);
  });
});
