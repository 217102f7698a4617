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
    const page = pageWithin(
      picture((x, y, isPage) => (isPage ? (isStroke(x, y) ? 40 : 220) : 20)),
    )!;
    expect([page.left, page.top, page.plane.width, page.plane.height]).toEqual([10, 10, 40, 60]);
  });

  it("finds a dark screen in a light frame", () => {
    expect(
      pageWithin(picture((x, y, isPage) => (isPage ? (isStroke(x, y) ? 230 : 30) : 240))),
    ).toBeDefined();
  });

  it("paints a thick frame over, but nothing of what is written in it", () => {
    const page = pageWithin(
      picture((x, y, isPage) => {
        if (!isPage) return 240;
        const isInside = x >= 14 && x < 46 && y >= 14 && y < 66;
        return isInside ? (isStroke(x, y) ? 40 : 220) : 20;
      }),
    )!;
    const { width, height, data } = page.plane;
    expect([page.left, page.top, width, height]).toEqual([0, 0, 60, 80]);
    for (let at = 0; at < data.length; at++) {
      const isWritten = isStroke(at % width, Math.floor(at / width));
      if (isWritten) expect(data[at]).toBe(40);
      else expect(data[at]).toBeGreaterThan(200);
    }
  });

  it("leaves a thin frame to those who know printed lines", () => {
    const frame = picture((x, y, isPage) => {
      const isInside = x >= 9 && x < 51 && y >= 9 && y < 71;
      return isPage && !isInside ? 20 : isStroke(x, y) ? 40 : 240;
    });
    expect(pageWithin(frame)).toBeUndefined();
  });

  it("finds a page that lies turned, and lets it go on around its edges", () => {
    const [cos, sin] = [Math.cos(0.3), Math.sin(0.3)];
    const turned = picture((x, y) => {
      const across = cos * (x - 30) + sin * (y - 40);
      const down = cos * (y - 40) - sin * (x - 30);
      if (Math.abs(across) > 18 || Math.abs(down) > 24) return 20;
      return Math.abs(across) < 2 && Math.abs(down) < 12 ? 40 : 220;
    });
    const page = pageWithin(turned)!;
    const { width, height, data } = page.plane;
    expect(Math.min(width, height)).toBeGreaterThan(35);
    for (const corner of [0, width - 1, (height - 1) * width, height * width - 1]) {
      expect(data[corner]).toBeGreaterThan(190);
    }
    expect(data[(40 - page.top) * width + 30 - page.left]).toBe(40);
  });

  it("takes no solid bar for a page", () => {
    expect(pageWithin(picture((_x, _y, isPage) => (isPage ? 220 : 20)))).toBeUndefined();
  });

  it("takes no ring for a page", () => {
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
