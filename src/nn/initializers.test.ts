import { describe, expect, it } from "vitest";
import { Random } from "../base/index.js";
import { type Initializer, initialize } from "./initializers.js";
import { dense, flatten, model } from "./model.js";
import { initialWeights } from "./weights.js";

const FAN = { inputs: 50, outputs: 150 };

function draw(initializer: Initializer): Float32Array {
  return initialize(initializer, [200, 500], { fan: FAN, random: new Random(3) });
}

function varianceOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum / values.length;
}

describe("initialize", () => {
  const expected: [Initializer, number][] = [
    [{ type: "glorotUniform" }, 2 / 200],
    [{ type: "glorotNormal" }, 2 / 200],
    [{ type: "heUniform" }, 2 / 50],
    [{ type: "heNormal" }, 2 / 50],
    [{ type: "normal", deviation: 0.3 }, 0.09],
  ];
  for (const [initializer, variance] of expected) {
    it(`draws ${initializer.type} with mean 0 and variance ${variance}`, () => {
      const values = draw(initializer);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      expect(Math.abs(mean)).toBeLessThan(0.01 * Math.sqrt(variance));
      expect(varianceOf(values) / variance).toBeCloseTo(1, 1);
    });
  }

  it("keeps uniform weights within their limits, and reaches for them", () => {
    const limit = Math.sqrt(6 / 200);
    const greatest = draw({ type: "glorotUniform" }).reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    expect(greatest).toBeLessThanOrEqual(Math.fround(limit));
    expect(greatest).toBeGreaterThan(0.999 * limit);
  });

  it("starts zeros at zero", () => {
    expect(draw({ type: "zeros" }).every((value) => value === 0)).toBe(true);
  });
});

describe("initialWeights", () => {
  const small = model({ input: [4], layers: [dense(3, { activation: "relu" }), dense(2)] });

  it("gives the same seed the same weights, another seed others", () => {
    expect(initialWeights(small, new Random(1))).toEqual(initialWeights(small, new Random(1)));
    expect(initialWeights(small, new Random(1))).not.toEqual(initialWeights(small, new Random(2)));
  });

  it("draws each layer apart: a layer put before leaves those of the same name alone", () => {
    const square = model({ input: [4], layers: [dense(4), dense(4)] });
    const longer = model({ input: [2, 2], layers: [flatten(), dense(4)] });
    const name = "layers.1.weight";
    const [a, b] = [square, longer].map((m) => initialWeights(m, new Random(1)).get(name));
    expect(a).toEqual(b);
    expect(initialWeights(square, new Random(1)).get("layers.0.weight")).not.toEqual(a);
  });

  it("is these numbers, on every machine", () => {
    const { data } = initialWeights(small, new Random(1)).get("layers.0.weight")!;
    expect([...data.subarray(0, 3)]).toMatchInlineSnapshot(`
      [
        0.3433108925819397,
        0.4649530053138733,
        0.49784430861473083,
      ]
    `);
  });
});
