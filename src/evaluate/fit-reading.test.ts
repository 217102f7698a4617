import { describe, expect, it } from "vitest";
import { Random } from "../base/index.js";
import { fitReading } from "./fit-reading.js";

/** Answers of two classes with margin 4, of which every tenth is wrong. */
function answers(count: number): { logits: Float32Array; labels: Int32Array } {
  const labels = Int32Array.from({ length: count }, (_, i) => (i % 10 === 0 ? 1 : 0));
  const random = new Random(1);
  const logits = Float32Array.from({ length: 2 * count }, (_, i) =>
    i % 2 === 0 ? 4 + 0.1 * random.normal() : 0,
  );
  return { logits, labels };
}

const classes = ["a", "b"];
const before = {
  temperature: 1,
  threshold: 0.8,
  atError: [
    { error: 0.001, threshold: 0.9 },
    { error: 0.05, threshold: 0.8 },
  ],
};

describe("fitReading", () => {
  it("makes a model less sure that is wrong more often than it thinks", () => {
    const { logits, labels } = answers(200);
    const { reading, how } = fitReading(logits, { labels, classes }, before);
    expect(how).toBe("fitted");
    // A margin of 4 at 90 % right: 4 / T = log 9.
    expect(reading.temperature).toBeCloseTo(4 / Math.log(9), 1);
    const [rare, usual] = reading.atError!;
    // 200 images show no error of 0.1 %; of 5 % they show ten.
    expect(rare!.threshold).toBe(0.9);
    expect(usual!.threshold).toBeGreaterThan(0.88);
    expect(reading.threshold).toBe(usual!.threshold);
  });

  it("never makes it surer", () => {
    const { logits } = answers(200);
    const labels = new Int32Array(200);
    expect(fitReading(logits, { labels, classes }, before).reading).toEqual(before);
  });

  it("keeps what there is where images are few", () => {
    const { logits, labels } = answers(40);
    expect(fitReading(logits, { labels, classes }, before)).toEqual({
      reading: before,
      how: "kept",
    });
  });
});
