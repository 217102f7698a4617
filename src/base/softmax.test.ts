import { describe, expect, it } from "vitest";
import { ShapeError } from "./errors.js";
import { softmax } from "./softmax.js";

describe("softmax", () => {
  it("gives shares of 1 in the ratio of the exponentials, row by row", () => {
    const rows = [Math.log(6), Math.log(3), 0, 5, 5, 5];
    expect([...softmax(rows, 3)]).toEqual(
      [0.6, 0.3, 0.1, 1 / 3, 1 / 3, 1 / 3].map((share) => expect.closeTo(share, 12)),
    );
  });

  it("is less sure when hotter", () => {
    const [cool] = softmax([4, 0, 0], 3);
    const [hot] = softmax([4, 0, 0], 3, { temperature: 3 });
    expect(hot).toBeLessThan(cool);
  });

  it("stands logits of any size", () => {
    expect([...softmax(Float32Array.of(5000, 0, -5000), 3)]).toEqual([1, 0, 0]);
  });

  it("refuses a row cut short", () => {
    expect(() => softmax([1, 2, 3, 4, 5], 3)).toThrow(
      new ShapeError("softmax: logits must be [n, 3], got 5 numbers"),
    );
  });
});
