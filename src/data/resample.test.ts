import { describe, expect, it } from "vitest";
import { grid } from "../../test/pixel-grid.js";
import { resample } from "./resample.js";

const whole = (width: number, height: number) => ({
  left: 0,
  top: 0,
  right: width,
  bottom: height,
});

describe("resample", () => {
  it("changes nothing at a scale of 1", () => {
    const plane = grid(`
      .-+
      *#.`);
    const same = resample(
      plane,
      whole(3, 2),
      { start: 0, size: 1, count: 3 },
      { start: 0, size: 1, count: 2 },
    );
    expect([...same.data]).toEqual([...plane.data]);
  });

  it("averages the area of a cell, parts of pixels as parts", () => {
    const plane = { width: 3, height: 1, data: Float32Array.of(0, 90, 30) };
    const { data } = resample(
      plane,
      whole(3, 1),
      { start: 0, size: 1.5, count: 2 },
      { start: 0, size: 1, count: 1 },
    );
    expect([...data]).toEqual([30, 50]);
  });

  it("interpolates between pixels where cells are smaller", () => {
    const plane = { width: 2, height: 1, data: Float32Array.of(0, 80) };
    const { data } = resample(
      plane,
      whole(2, 1),
      { start: 0.25, size: 0.5, count: 3 },
      { start: 0, size: 1, count: 1 },
    );
    expect([...data]).toEqual([0, 40, 80]);
  });

  it("takes what is outside the box for empty", () => {
    const plane = grid("####");
    const { data } = resample(
      plane,
      { left: 1, top: 0, right: 3, bottom: 1 },
      { start: 0, size: 2, count: 2 },
      { start: 0, size: 1, count: 1 },
    );
    expect([...data]).toEqual([127.5, 127.5]);
  });

  it("keeps the mean of what it shrinks", () => {
    const plane = {
      width: 7,
      height: 5,
      data: Float32Array.from({ length: 35 }, (_, i) => (i * 37) % 256),
    };
    const small = resample(
      plane,
      whole(7, 5),
      { start: 0, size: 7 / 3, count: 3 },
      { start: 0, size: 2.5, count: 2 },
    );
    const mean = (data: Float32Array) => data.reduce((a, b) => a + b, 0) / data.length;
    expect(mean(small.data)).toBeCloseTo(mean(plane.data), 3);
  });
});
