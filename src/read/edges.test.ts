import { describe, expect, it } from "vitest";
import type { Plane } from "../data/index.js";
import { hasEdges } from "./edges.js";

const SIDE = 100;
const BOX = { left: 20, top: 20, right: 80, bottom: 80 };

/** Ink as a function of the distance from the middle. */
function round(ink: (distance: number) => number): Plane {
  const data = Float32Array.from({ length: SIDE * SIDE }, (_, i) =>
    ink(Math.hypot((i % SIDE) - 49.5, Math.floor(i / SIDE) - 49.5)),
  );
  return { width: SIDE, height: SIDE, data };
}

describe("hasEdges", () => {
  it("sees them on a ring of ink", () => {
    expect(
      hasEdges(
        round((r) => (Math.abs(r - 24) < 6 ? 255 : 0)),
        BOX,
      ),
    ).toBe(true);
  });

  it("sees them on a ring drawn with a soft brush", () => {
    expect(
      hasEdges(
        round((r) => 255 * Math.exp(-(((r - 24) / 4) ** 2))),
        BOX,
      ),
    ).toBe(true);
  });

  it("sees them on a line much thinner than it is long", () => {
    expect(
      hasEdges(
        round((r) => (Math.abs(r - 29) < 0.7 ? 255 : 0)),
        BOX,
      ),
    ).toBe(true);
  });

  it("does not see them on a spot of light", () => {
    expect(
      hasEdges(
        round((r) => 255 * Math.exp(-((r / 22) ** 2))),
        BOX,
      ),
    ).toBe(false);
  });

  it("does not see them on a slope", () => {
    expect(
      hasEdges(
        round((r) => Math.max(0, 255 - 5 * r)),
        BOX,
      ),
    ).toBe(false);
  });

  it("does not see them on one level", () => {
    expect(
      hasEdges(
        round(() => 255),
        BOX,
      ),
    ).toBe(false);
  });
});
