import { describe, expect, it } from "vitest";
import { Random } from "../../base/index.js";
import { synthetic } from "../../data/index.js";
import { wasmBackend } from "../../engine/index.js";
import { dense, flatten, initialWeights, model } from "../../nn/index.js";
import { predictedClasses } from "../metrics/predicted-classes.js";
import { predict } from "../predict.js";
import { corruptions } from "./corruptions.js";
import { measureRobustness, type Subject } from "./robustness.js";

const set = synthetic({ count: 30, random: new Random(2) });
const network = model({
  input: [28, 28, 1],
  layers: [flatten(), dense(10, { activation: "softmax" })],
});
const weights = initialWeights(network, new Random(3));

/** The images, with the labels the network gives them: it reads every one of them right. */
async function taughtBy(backend: Awaited<ReturnType<typeof wasmBackend>>): Promise<Subject> {
  const logits = await predict(network, weights, set, { backend });
  return { model: network, weights, set: { ...set, labels: predictedClasses(logits, 10) } };
}

describe("measureRobustness", async () => {
  const backend = await wasmBackend({ threads: 1 });
  const subject = await taughtBy(backend);
  const chosen = corruptions.filter(({ name }) => name === "shift" || name === "blur");

  it("counts what is still read right, at every strength, and tells how far it is", async () => {
    const shares: number[] = [];
    const [first, second] = await measureRobustness([subject, subject], {
      backend,
      random: new Random(1),
      corruptions: chosen,
      onProgress: (share) => shares.push(share),
    });
    expect(second).toEqual(first);
    expect(first.rows.map(({ corruption }) => corruption)).toEqual(["shift", "blur"]);
    for (const { cells, mean } of first.rows) {
      expect(cells).toHaveLength(5);
      expect(cells[0].accuracy).toBeLessThan(1);
      expect(cells[0].accuracy).toBeGreaterThanOrEqual(cells[0].interval[0]);
      const total = cells.reduce((sum, { accuracy }) => sum + accuracy, 0);
      expect(mean).toBeCloseTo(total / 5, 12);
    }
    expect(first.mean).toBeCloseTo((first.rows[0].mean + first.rows[1].mean) / 2, 12);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it("loses nothing where nothing is changed", async () => {
    const nothing = { ...chosen[0], apply: ({ values }: { values: Float64Array }) => values };
    const options = { backend, random: new Random(1), corruptions: [nothing] };
    const [{ mean }] = await measureRobustness([subject], options);
    expect(mean).toBe(1);
  });
});
