import { describe, expect, it } from "vitest";
import { Random } from "../../base/index.js";
import { sha256 } from "../sha256.js";
import { drawScene } from "./draw-scene.js";
import { type Scene, sceneKinds } from "./scene.js";
import { syntheticGlyph } from "./synthetic-glyph.js";

/** A plus whose middle is the middle of its box: ink lies there in every scene. */
const plus = {
  label: "+",
  strokes: [
    [0, 50, 100, 50],
    [50, 0, 50, 100],
  ],
};

function draw(kind: (typeof sceneKinds)[number], seed = 1): Scene {
  return drawScene(plus, { random: new Random(seed), kind });
}

function greyLevels({ pixels }: Scene): number[] {
  return Array.from({ length: pixels.length / 3 }, (_, i) => {
    return (pixels[3 * i] + pixels[3 * i + 1] + pixels[3 * i + 2]) / 3;
  }).sort((a, b) => a - b);
}

describe("drawScene", () => {
  it.each(sceneKinds.filter((kind) => kind !== "huge"))("shows ink on a ground: %s", (kind) => {
    const scene = draw(kind);
    expect(scene.pixels).toHaveLength(3 * scene.width * scene.height);
    expect([scene.kind, scene.label]).toEqual([kind, "+"]);
    const levels = greyLevels(scene);
    expect(levels.at(-1)! - levels[0]).toBeGreaterThan(40);
  });

  it("gives the same bytes for the same seed, on every machine", async () => {
    const digest = (kind: (typeof sceneKinds)[number], seed: number) =>
      sha256(draw(kind, seed).pixels);
    expect(await digest("shadow", 3)).toBe(
      "ac379929d698a0568513850120745f5a2284ef7a18dc67f28aff00732e1f3465",
    );
    expect(await digest("boxed", 3)).toBe(
      "1604370ebd46ac28afa6a929524ec0e471bfcdd9be61f2871447006e1e63b605",
    );
    expect(await digest("boxed", 4)).not.toBe(await digest("boxed", 3));
  });

  it("draws light on dark, and dark on light", () => {
    const median = (scene: Scene) => greyLevels(scene)[Math.floor(scene.pixels.length / 6)];
    expect(median(draw("dark"))).toBeLessThan(70);
    expect(median(draw("pen"))).toBeGreaterThan(130);
  });

  it("keeps tiny ones tiny and asks for JPEG 30 where that is the point", () => {
    const { width, height, jpegQuality } = draw("tiny");
    expect(Math.max(width, height)).toBeLessThan(28 * 3);
    expect(jpegQuality).toBeUndefined();
    expect(draw("jpeg").jpegQuality).toBe(30);
  });

  it("draws hard pixels of two colours for some drawing programs", () => {
    const colours = Array.from({ length: 8 }, (_, seed) => new Set(draw("drawing", seed).pixels));
    expect(Math.min(...colours.map(({ size }) => size))).toBeLessThanOrEqual(6);
  });

  it("surrounds a framed page with black", () => {
    const { pixels } = draw("framed");
    expect(Math.max(...pixels.subarray(0, 9))).toBeLessThan(40);
  });

  it("chooses a kind of its own where none is named", () => {
    const random = new Random(1);
    const kinds = Array.from({ length: 4 }, () => {
      return drawScene(syntheticGlyph("7", random), { random }).kind;
    });
    expect(new Set(kinds).size).toBeGreaterThan(1);
  });
});
