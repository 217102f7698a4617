import { describe, expect, it } from "vitest";
import type { Plane } from "../data/index.js";
import { localGround } from "./local-ground.js";

/** Light that falls to half on the right, with an edge; a stroke that takes away 60 % of it. */
function scene(light: (x: number) => number, ink: (level: number) => number): Plane {
  const data = Float32Array.from({ length: 100 * 80 }, (_, i) => {
    const [x, y] = [i % 100, Math.floor(i / 100)];
    const level = light(x);
    return y >= 30 && y < 36 && x > 20 && x < 80 ? ink(level) : level;
  });
  return { width: 100, height: 80, data };
}

const shadow = (x: number) => (x < 50 ? 200 : 110);

describe("localGround", () => {
  it("follows a shadow up to its edge and takes dark strokes away", () => {
    const ground = localGround(scene(shadow, (level) => 0.4 * level));
    for (const x of [10, 30, 49, 50, 70, 95]) expect(ground.data[33 * 100 + x]).toBe(shadow(x));
  });

  it("takes light strokes away from a dark ground", () => {
    const ground = localGround(
      scene(
        (x) => shadow(x) - 100,
        (level) => level + 120,
      ),
    );
    for (const x of [10, 30, 70]) expect(ground.data[33 * 100 + x]).toBe(shadow(x) - 100);
  });

  it("takes thick dark strokes away, however narrow the gap they leave", () => {
    const ring = (x: number, y: number) => Math.abs(Math.hypot(x - 40, y - 40) - 12) < 8;
    const plane = scene(shadow, (level) => level);
    const data = plane.data.map((level, i) =>
      ring(i % 100, Math.floor(i / 100)) ? 0.3 * level : level,
    );
    const ground = localGround({ ...plane, data });
    for (const x of [25, 40]) expect(ground.data[40 * 100 + x]).toBeGreaterThan(190);
  });

  it("goes on to the border of a large picture", () => {
    const data = new Float32Array(500 * 400).fill(180);
    const ground = localGround({ width: 500, height: 400, data });
    expect(ground.data.every((level) => Math.abs(level - 180) < 1e-3)).toBe(true);
  });
});
