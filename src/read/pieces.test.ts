import { describe, expect, it } from "vitest";
import { grid } from "../../test/pixel-grid.js";
import { type Piece, piecesOf } from "./pieces.js";

const areaOf = ({ runs }: Piece) => runs.reduce((sum, { left, right }) => sum + right - left, 0);

describe("piecesOf", () => {
  it("holds together what touches at a corner", () => {
    const pieces = piecesOf(
      grid(`
        #....
        .#..#
        ..#..`),
      128,
    );
    expect(pieces.map(({ box, mass }) => ({ box, mass }))).toEqual([
      { box: { left: 0, top: 0, right: 3, bottom: 3 }, mass: 765 },
      { box: { left: 4, top: 1, right: 5, bottom: 2 }, mass: 255 },
    ]);
    expect(pieces[1].runs).toMatchObject([{ y: 1, left: 4, right: 5 }]);
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
    expect(pieces.map(areaOf)).toEqual([19]);
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
    expect(pieces.map(areaOf)).toEqual([12, 1]);
  });

  it("leaves out what is paler than the level", () => {
    expect(piecesOf(grid("-+*#"), 200).map(({ mass }) => mass)).toEqual([255]);
  });
});
