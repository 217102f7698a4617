import { describe, expect, it } from "vitest";
import { greyPicture } from "../../test/pixel-grid.js";
import { luma, luminanceOf } from "./luminance.js";

describe("luma", () => {
  it("keeps every grey exactly", () => {
    for (let level = 0; level < 256; level++) expect(luma(level, level, level)).toBe(level);
  });

  it("weighs green most and blue least", () => {
    expect([luma(255, 0, 0), luma(0, 255, 0), luma(0, 0, 255)]).toEqual([76, 149, 28]);
  });
});

describe("luminanceOf", () => {
  it("lays what is see-through on the backdrop", () => {
    const data = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 51);
    const { data: levels } = luminanceOf({ width: 3, height: 1, data }, 200);
    expect([...levels]).toEqual([255, 200, 160]);
  });

  it("leaves pictures of up to 640 pixels as they are", () => {
    const plane = luminanceOf(
      greyPicture(640, 2, (x) => x % 256),
      0,
    );
    expect([plane.width, plane.height]).toEqual([640, 2]);
    expect([...plane.data.subarray(254, 258)]).toEqual([254, 255, 0, 1]);
  });

  it("averages squares of larger ones, those cut off at the edges too", () => {
    const plane = luminanceOf(
      greyPicture(1025, 3, (x, y) => (y === 2 ? 90 : x % 2 === 0 ? 10 : 30)),
      0,
    );
    expect([plane.width, plane.height]).toEqual([513, 2]);
    expect([plane.data[0], plane.data[512], plane.data[513]]).toEqual([20, 10, 90]);
  });
});
