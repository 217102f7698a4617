import { describe, expect, it } from "vitest";
import type { Plane } from "../data/index.js";
import { withoutPrintedLines } from "./printed-lines.js";

type Shape = (x: number, y: number) => boolean;

/** A picture 120 × 120: ink where any of the shapes is. */
function inkOf(...shapes: Shape[]): Plane {
  const data = Float32Array.from({ length: 14_400 }, (_, i) =>
    shapes.some((shape) => shape(i % 120, Math.floor(i / 120))) ? 255 : 0,
  );
  return { width: 120, height: 120, data };
}

/** Whether two planes agree but for a few pixels where lines crossed strokes. */
function differences(a: Plane, b: Plane): number {
  return a.data.reduce((sum, value, at) => sum + Number(value !== b.data[at]), 0);
}

const ring: Shape = (x, y) => Math.abs(Math.hypot(x - 60, y - 60) - 25) < 3;
const rule =
  (at: number, slope = 0): Shape =>
  (x, y) =>
    Math.abs(y - at - slope * x) < 1;
const upright =
  (at: number, slope = 0): Shape =>
  (x, y) =>
    Math.abs(x - at - slope * y) < 1;
const box: Shape = (x, y) => {
  const distance = Math.max(Math.abs(x - 60), Math.abs(y - 60));
  return distance >= 44 && distance < 46;
};

describe("withoutPrintedLines", () => {
  const alone = inkOf(ring);

  it.each([
    ["a rule beside the character", [rule(20)]],
    ["rules through it", [rule(20), rule(60), rule(100)]],
    ["rules on a page turned by ten degrees", [rule(10, 0.17), rule(60, 0.17)]],
    ["squares", [rule(30), rule(60), rule(90), upright(30), upright(60), upright(90)]],
    ["a box around it", [box]],
    [
      "a row of cells",
      [
        rule(20),
        rule(100),
        (x: number, y: number) => y > 19 && y < 101 && (upright(15)(x, y) || upright(105)(x, y)),
      ],
    ],
    ["a box without a side", [(x: number, y: number) => box(x, y) && x < 100]],
  ])("takes away %s", (_, lines) => {
    const rest = withoutPrintedLines(inkOf(ring, ...lines));
    // Where a line ran into the ring along its way, a stub may stay or a notch be cut.
    expect(differences(rest, alone)).toBeLessThan(0.04 * 14_400);
    expect(differences(rest, alone)).toBeLessThan(differences(inkOf(ring, ...lines), alone) / 3);
  });

  it("does not cut the strokes that cross a line", () => {
    const rest = withoutPrintedLines(inkOf(ring, rule(60)));
    for (const x of [35, 85]) expect(rest.data[60 * 120 + x]).toBe(255);
  });

  it.each([
    ["a 1 from top to bottom", [upright(60)]],
    ["a 4, its bar from side to side", [upright(80), rule(70), upright(2)]],
    [
      "a 7 with its bar along the top",
      [rule(1), (x: number, y: number) => Math.abs(x + y / 2 - 100) < 3],
    ],
    ["a ring", [ring]],
    ["a square drawn as a character", [box]],
  ])("leaves %s as it is", (_, shapes) => {
    const ink = inkOf(...shapes);
    expect(withoutPrintedLines(ink)).toBe(ink);
  });
});
