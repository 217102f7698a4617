import { describe, expect, it } from "vitest";
import type { Picture } from "../data/index.js";
import { backdropOf } from "./backdrop.js";

/** One character a pixel: a space is transparent, a digit an opaque grey of nine steps. */
function see(...rows: string[]): Picture {
  const data = [...rows.join("")].flatMap((c) => {
    const level = (255 / 9) * Number(c);
    return c === " " ? [0, 0, 0, 0] : [level, level, level, 255];
  });
  return { width: rows[0].length, height: rows.length, data: Uint8Array.from(data) };
}

describe("backdropOf", () => {
  it("is white behind dark ink", () => {
    expect(backdropOf(see("     ", " 010 ", "  0  ", "  0  "))).toBe(255);
  });

  it("is black behind light ink", () => {
    expect(backdropOf(see("     ", " 999 ", "  8  ", "  9  "))).toBe(0);
  });

  it("continues a card that has paper and ink of its own", () => {
    expect(backdropOf(see(" 777777 ", "77700777", "77707777", "77707777", " 777777 "))).toBe(198);
  });

  it("is black where nothing can be seen at all", () => {
    expect(backdropOf(see("   ", "   "))).toBe(0);
  });
});
