import { describe, expect, it } from "vitest";
import { type InkPoint, nibWidth } from "./index.js";

/** Width after many steps of (`dx`, `dy`), when it has settled. */
function settled(dx: number, dy: number, pressure?: number): number {
  let last: InkPoint = { x: 0, y: 0, width: 1 };
  for (let step = 0; step < 50; step++) {
    const next = { x: last.x + dx, y: last.y + dy };
    last = { ...next, width: nibWidth(last, next, 1, pressure) };
  }
  return last.width;
}

describe("the nib", () => {
  it("leaves a broad line downwards and a fine one upwards", () => {
    expect(settled(0, 0.01)).toBeCloseTo(1.1);
    expect(settled(0.01, 0)).toBeCloseTo(0.95);
    expect(settled(0, -0.01)).toBeCloseTo(0.8);
  });

  it("follows the pressure where a pen reports it, whatever its direction", () => {
    expect(settled(0, 0.01, 0)).toBeCloseTo(0.5);
    expect(settled(0, -0.01, 1)).toBeCloseTo(1.3);
  });

  it("spreads smoothly", () => {
    const width = nibWidth({ x: 0, y: 0, width: 0.8 }, { x: 0, y: 0.01 }, 1, undefined);
    expect(width).toBeGreaterThan(0.8);
    expect(width).toBeLessThan(0.95);
  });

  it("keeps its width where it rests", () => {
    expect(nibWidth({ x: 0.5, y: 0.5, width: 0.7 }, { x: 0.5, y: 0.5 }, 1, undefined)).toBe(0.7);
  });
});
