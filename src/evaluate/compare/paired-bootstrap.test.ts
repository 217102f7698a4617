import { describe, expect, it } from "vitest";
import { Random } from "../../base/index.js";
import { pairedBootstrap } from "./paired-bootstrap.js";

/** 60 images fixed, 20 newly wrong, 920 alike: mean 0.04, standard error √(0.08 - 0.04²)/√1000. */
const differences = Array.from({ length: 1000 }, (_, i) => (i < 60 ? 1 : i < 80 ? -1 : 0));
const STANDARD_ERROR = Math.sqrt((0.08 - 0.04 ** 2) / 1000);

describe("pairedBootstrap", () => {
  it("comes to the normal interval where there are many images", () => {
    const { mean, low, high } = pairedBootstrap(differences, { random: new Random(1) });
    expect(mean).toBeCloseTo(0.04, 12);
    expect(Math.abs(low - (0.04 - 1.96 * STANDARD_ERROR))).toBeLessThan(0.2 * STANDARD_ERROR);
    expect(Math.abs(high - (0.04 + 1.96 * STANDARD_ERROR))).toBeLessThan(0.2 * STANDARD_ERROR);
  });

  it("covers the true mean in about 95 of 100 samples", () => {
    const random = new Random(3);
    let covered = 0;
    for (let trial = 0; trial < 200; trial++) {
      const sample = Array.from({ length: 100 }, () => random.uniform());
      const { low, high } = pairedBootstrap(sample, { random, draws: 300 });
      if (low <= 0.5 && high >= 0.5) covered++;
    }
    expect(covered / 200).toBeGreaterThan(0.9);
    expect(covered / 200).toBeLessThan(0.99);
  });

  it("gives the same interval for the same seed", () => {
    const once = pairedBootstrap(differences, { random: new Random(7) });
    expect(pairedBootstrap(differences, { random: new Random(7) })).toEqual(once);
  });

  it("is a point where all images agree", () => {
    const { low, high } = pairedBootstrap([0, 0, 0], { random: new Random(1) });
    expect([low, high]).toEqual([0, 0]);
  });
});
