import { describe, expect, it } from "vitest";
import { grid } from "../../test/pixel-grid.js";
import { glyphsOf } from "./glyphs.js";

const boxes = (text: string, join: "loose" | "strict") =>
  glyphsOf(grid(text), { join }).map(({ box: { left, top, right, bottom } }) =>
    [left, top, right, bottom].join(" "),
  );

describe("glyphsOf", () => {
  it.each([
    [
      "an i and its dot",
      `
      .....
      ..#..
      .....
      .....
      ..#..
      ..#..
      ..#..
      ..#..
      ..#..
      .....`,
      "2 1 3 9",
    ],
    [
      "the two bars of =",
      `
      ..........
      .########.
      ..........
      ..........
      .########.
      ..........`,
      "1 1 9 5",
    ],
    [
      "a 5 and its bar",
      `
      ..............
      ......######..
      ..............
      ..##..........
      ..##..........
      ..#######.....
      ........##....
      .........#....
      ..#######.....
      ..............`,
      "2 1 12 9",
    ],
  ])("keeps %s together, alone or among others", (_, text, box) => {
    expect(boxes(text, "strict")).toEqual([box]);
    expect(boxes(text, "loose")).toEqual([box]);
  });

  const twoOnes = `
    ..........
    ..#...#...
    ..#...#...
    ..#...#...
    ..#...#...
    ..#...#...
    ..#...#...
    ..#...#...
    ..#...#...
    ..#...#...
    ..#...#...
    ..........`;

  it("tells apart what stands side by side where there may be several", () => {
    expect(boxes(twoOnes, "strict")).toHaveLength(2);
  });

  it("joins it where there is but one", () => {
    expect(boxes(twoOnes, "loose")).toEqual(["2 1 7 11"]);
  });

  it("leaves out what reaches in from outside", () => {
    expect(
      boxes(
        `
        .............
        .............
        #....###.....
        ##...#.#....#
        .##..#.#....#
        #....###....#
        .............
        .............`,
        "loose",
      ),
    ).toEqual(["5 2 8 6"]);
  });

  it("keeps a glyph cropped so tightly that it meets the border", () => {
    expect(
      boxes(
        `
        ####
        ...#
        ..#.
        .#..
        .#..`,
        "loose",
      ),
    ).toEqual(["0 0 4 5"]);
  });

  it("leaves specks out", () => {
    expect(
      boxes(
        `
        ..................
        .-....######......
        ......######......
        ......######......
        ......######......
        ......######......
        ..................`,
        "strict",
      ),
    ).toEqual(["6 1 12 6"]);
  });
});
