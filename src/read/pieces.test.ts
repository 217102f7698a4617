import { describe, expect, it } from "vitest";
import { grid } from "../../test/pixel-grid.js";
import { piecesOf } from "./pieces.js";

describe("piecesOf", () => {
  it("holds together what touches at a corner", () => {
    const pieces = piecesOf(
      grid(`
        #....
        .#..#
        ..#..`),
      128,
    );
    expect(pieces).toEqual([
      { box: { left: 0, top: 0, right: 3, bottom: 3 }, area: 3, mass: 765 },
      { box: { left: 4, top: 1, right: 5, bottom: 2 }, area: 1, mass: 255 },
    ]);
  });

  it("joins arms that meet only further down", () => {
    const pieces = piecesOf(
      grid(`
        #...#...#
        #...#...#
        ##.###.##
        .###.###.`),
      128,
    );
    expect(pieces.map(({ area }) => area)).toEqual([19]);
  });

  it("keeps a ring and the dot in it apart", () => {
    const pieces = piecesOf(
      grid(`
        .###.
        #...#
        #.#.#
        #...#
        .###.`),
      128,
    );
    expect(pieces.map(({ area }) => area)).toEqual([12, 1]);
  });

  it("leaves out what is paler than the level", () => {
    expect(piecesOf(grid("-+*#"), 200).map(({ mass }) => mass)).toEqual([255]);
  });
});
