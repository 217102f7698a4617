import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawn, grid } from "../../test/pixel-grid.js";
import type { Plane } from "../data/index.js";
import { closing, opening } from "./morphology.js";

describe("closing and opening", () => {
  const picture = grid(`
    ########
    ###.####
    ###.####
    ########
    ####....
    ####....`);

  it("fill what is darker and narrower than the square, and keep the edges of the rest", () => {
    expect(drawn(closing(picture, 3))).toEqual([
      "########",
      "########",
      "########",
      "########",
      "####....",
      "####....",
    ]);
  });

  it("take away what is lighter and narrower", () => {
    const inverse = { ...picture, data: picture.data.map((value) => 255 - value) };
    const opened = opening(inverse, 3);
    expect(opened.data.map((value) => 255 - value)).toEqual(closing(picture, 3).data);
  });

  it("agree with the definition for any picture and square", () => {
    const levels = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(
        levels,
        fc.constantFrom(6, 10, 12),
        fc.constantFrom(1, 3, 5, 9),
        (data, width, side) => {
          const plane = { width, height: 60 / width, data: Float32Array.from(data) };
          const expected = around(around(plane, side, Math.max), side, Math.min);
          expect(closing(plane, side).data).toEqual(expected.data);
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** The plain way: every pixel of the square compared. */
function around(
  { width, height, data }: Plane,
  side: number,
  choose: (...values: number[]) => number,
): Plane {
  const half = side >> 1;
  const result = data.map((_, at) => {
    const values: number[] = [];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const near = Math.max(Math.abs(x - (at % width)), Math.abs(y - Math.floor(at / width)));
        if (near <= half) values.push(data[y * width + x]);
      }
    }
    return choose(...values);
  });
  return { width, height, data: result };
}
