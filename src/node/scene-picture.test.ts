import { describe, expect, it } from "vitest";
import { Random } from "../base/index.js";
import { drawScene } from "../data/index.js";
import { encodeScene, scenePicture } from "./scene-picture.js";

const seven = { label: "7", strokes: [[0, 0, 60, 0, 20, 100]] };

describe("scenePicture", () => {
  it("opens a scene as its file would open, byte for byte where it is a PNG", async () => {
    const scene = drawScene(seven, { random: new Random(2), kind: "tiny" });
    const { width, height, data } = await scenePicture(scene);
    expect([width, height]).toEqual([scene.width, scene.height]);
    expect([...data].filter((_, i) => i % 4 < 3)).toEqual([...scene.pixels]);
  });

  it("is worn by JPEG where the scene says so", async () => {
    const scene = drawScene(seven, { random: new Random(2), kind: "jpeg" });
    const bytes = await encodeScene(scene);
    expect([...bytes.subarray(0, 2)]).toEqual([0xff, 0xd8]);
    const { data } = await scenePicture(scene);
    expect([...data].filter((_, i) => i % 4 < 3)).not.toEqual([...scene.pixels]);
  });
});
