import { describe, expect, it } from "vitest";
import type { Plane } from "../data/index.js";
import { pageWithin } from "./surround.js";

/** A picture 60 × 80 whose page covers all but 8 pixels of each side. */
function picture(level: (x: number, y: number, isPage: boolean) => number): Plane {
  const data = Float32Array.from({ length: 60 * 80 }, (_, i) => {
    const [x, y] = [i % 60, Math.floor(i / 60)];
    return level(x, y, x >= 8 && x < 52 && y >= 8 && y < 72);
  });
  return { width: 60, height: 80, data };
}

const isStroke = (x: number, y: number) => x > 28 && x < 32 && y > 20 && y < 60;

describe("pageWithin", () => {
  it("finds a light page on a dark table, without its blurred edge", () => {
    const page = pageWithin(picture((x, y, isPage) => (isPage ? (isStroke(x, y) ? 40 : 220) : 20)));
    expect(page).toEqual({ left: 10, top: 10, right: 50, bottom: 70 });
  });

  it("finds a dark screen in a light frame", () => {
    expect(
      pageWithin(picture((x, y, isPage) => (isPage ? (isStroke(x, y) ? 230 : 30) : 240))),
    ).toBeDefined();
  });

  it("takes no solid bar for a page", () => {
    expect(pageWithin(picture((_x, _y, isPage) => (isPage ? 220 : 20)))).toBeUndefined();
  });

  it("takes no ring for a page, however thick", () => {
    const ring = picture((x, y) => {
      const distance = Math.hypot((x - 30) / 22, (y - 40) / 32);
      return distance < 1 && distance > 0.5 ? 220 : 20;
    });
    expect(pageWithin(ring)).toBeUndefined();
  });

  it("takes no shadow on one side for a surround", () => {
    expect(pageWithin(picture((x) => (x < 20 ? 60 : 220)))).toBeUndefined();
  });
});
