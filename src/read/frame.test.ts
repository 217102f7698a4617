import { describe, expect, it } from "vitest";
import { drawn, grid } from "../../test/pixel-grid.js";
import type { Plane } from "../data/index.js";
import type { Preprocessing } from "../nn/index.js";
import { cropBox } from "./crop.js";
import { frame } from "./frame.js";

/** MNIST's recipe in small: a box of 6 in a frame of 10. */
const CONTRACT: Preprocessing = {
  framing: "mnist",
  width: 10,
  height: 10,
  box: 6,
  center: "mass",
  range: [0, 1],
  ink: "bright",
};

function framed(ink: Plane, contract = CONTRACT): string[] {
  return drawn({ width: 10, height: 10, data: frame(ink, cropBox(ink)!, contract) });
}

describe("frame", () => {
  const sixByFour = grid(`
    ####..............
    #.................
    #.................
    #.................
    #.................
    #.................
    ..................
    ..................
    ..................`);

  it("puts the centre of mass on the middle pixel", () => {
    expect(framed(sixByFour)).toEqual([
      "..........",
      "..........",
      "..........",
      "....####..",
      "....#.....",
      "....#.....",
      "....#.....",
      "....#.....",
      "....#.....",
      "..........",
    ]);
  });

  it("puts the middle of the box there if the contract says so", () => {
    expect(framed(sixByFour, { ...CONTRACT, center: "box" })).toEqual([
      "..........",
      "..........",
      "...####...",
      "...#......",
      "...#......",
      "...#......",
      "...#......",
      "...#......",
      "..........",
      "..........",
    ]);
  });

  it("sets the box to the very middle, half pixels included, in EMNIST's way", () => {
    const contract = { ...CONTRACT, framing: "emnist", box: 6, center: "box" } as const;
    expect(framed(grid("#####".repeat(1).concat("\n#####".repeat(5))), contract)).toEqual([
      "..........",
      "..........",
      "..+####+..",
      "..+####+..",
      "..+####+..",
      "..+####+..",
      "..+####+..",
      "..+####+..",
      "..........",
      "..........",
    ]);
  });

  it("shrinks to the box and keeps the proportions", () => {
    const twice = grid(`
      ########....
      ########....
      ##..........
      ##..........
      ##..........
      ##..........
      ##..........
      ##..........
      ##..........
      ##..........
      ##..........
      ##..........
      ............`);
    expect(framed(twice)).toEqual(framed(sixByFour));
  });

  it("enlarges what is smaller than the box", () => {
    const rows = framed(
      grid(`
        .....
        .##..
        .##..
        .##..
        .##..
        .##..`),
    );
    const inked = rows.filter((row) => row.includes("#"));
    expect(inked).toHaveLength(6);
    expect(rows[5]).toBe("....*#*...");
  });

  it("keeps the frame of an image that meets the contract, and of its enlargement", () => {
    const rows = [
      "..........",
      "..........",
      "...*##....",
      "...#.-#...",
      "......#...",
      "....##....",
      "...#......",
      "..+####...",
      "..........",
      "..........",
    ];
    const thrice = rows.flatMap((row) => Array(3).fill(row.replace(/./g, "$&$&$&")));
    expect(framed(grid(rows.join("\n")))).toEqual(rows);
    expect(framed(grid(thrice.join("\n")))).toEqual(rows);
  });

  it("gives strokes that shrinking made pale their full strength back", () => {
    const thin = {
      width: 60,
      height: 60,
      data: Float32Array.from({ length: 3600 }, (_, i) =>
        i % 60 === 30 && i > 600 && i < 3000 ? 255 : 0,
      ),
    };
    expect(Math.max(...frame(thin, cropBox(thin)!, CONTRACT))).toBe(255);
  });

  it("never loses ink over the edge, however one-sided the glyph", () => {
    const ink = grid(`
      ######......
      #####.......
      #...........
      #...........
      #...........
      #...........`);
    const contract = { ...CONTRACT, box: 10 };
    const rows = framed(ink, contract);
    expect(rows[0]).toMatch(/[*#]/);
    expect(rows[9]).toMatch(/[*#]/);
  });
});
