import { describe, expect, it } from "vitest";
import { ShapeError } from "../base/index.js";
import { samePadding, type Window } from "./index.js";
import { poolOutput, slide, windowOutput } from "./window.js";

const window = (changes: Partial<Window>): Window => ({
  size: [2, 2],
  strides: [1, 1],
  padding: [0, 0, 0, 0],
  ...changes,
});

describe("samePadding", () => {
  it("keeps the extent at stride 1", () => {
    expect(samePadding([28, 28], [3, 5], [1, 1])).toEqual([1, 2, 1, 2]);
  });

  it("puts an odd pixel at the bottom and the right", () => {
    expect(samePadding([28, 28], [2, 4], [1, 1])).toEqual([0, 1, 1, 2]);
  });

  it("pads no more than the last window needs", () => {
    expect(samePadding([28, 7], [3, 3], [2, 2])).toEqual([0, 1, 1, 1]);
    expect(samePadding([4, 4], [1, 1], [3, 2])).toEqual([0, 0, 0, 0]);
  });
});

describe("windowOutput", () => {
  it("counts the windows that fit, padding included", () => {
    expect(windowOutput("conv2d", [1, 5, 6, 3], window({ strides: [2, 2] }))).toEqual([2, 3]);
    expect(windowOutput("conv2d", [1, 5, 6, 3], window({ padding: [1, 2, 0, 0] }))).toEqual([5, 7]);
  });

  it("refuses a window greater than the image", () => {
    expect(() => windowOutput("conv2d", [1, 4, 4, 1], window({ size: [5, 5] }))).toThrow(
      new ShapeError('conv2d: kernel [5, 5] does not fit input [4, 4]; use padding: "same"'),
    );
  });

  it("refuses what is no image", () => {
    expect(() => windowOutput("maxPool2d", [4, 4], window({}))).toThrow(
      new ShapeError("maxPool2d: input must have 4 axes, got [4, 4]"),
    );
  });

  it("refuses strides below 1 and padding below 0", () => {
    expect(() => windowOutput("conv2d", [1, 4, 4, 1], window({ strides: [0, 1] }))).toThrow(
      new ShapeError("conv2d: size and strides must be integers from 1, got [2, 2] and [0, 1]"),
    );
    expect(() => windowOutput("conv2d", [1, 4, 4, 1], window({ padding: [0, -1, 0, 0] }))).toThrow(
      new ShapeError("conv2d: padding must be integers from 0, got [0, -1, 0, 0]"),
    );
  });
});

describe("poolOutput", () => {
  it("refuses padding in which a window could be lost", () => {
    const lost = window({ size: [2, 3], padding: [0, 2, 2, 0] });
    expect(() => poolOutput("averagePool2d", [1, 4, 4, 1], lost)).toThrow(
      new ShapeError(
        "averagePool2d: padding must be smaller than the window [2, 3], got [0, 2, 2, 0]",
      ),
    );
  });
});

describe("slide", () => {
  it("visits the real pixels under each window in reading order", () => {
    const visits: number[][] = [];
    const padded = window({ strides: [2, 2], padding: [1, 0, 0, 0] });
    slide([1, 2, 4, 1], [1, 1, 2, 1], padded, (...visit) => visits.push(visit));
    // Input pixel, window, tap, real pixels covered; the upper row of each window is padding.
    expect(visits).toEqual([
      [0, 0, 2, 2],
      [1, 0, 3, 2],
      [2, 1, 2, 2],
      [3, 1, 3, 2],
    ]);
  });

  it("counts pixels through all images", () => {
    const visits: number[][] = [];
    slide([2, 1, 1, 7], [2, 1, 1, 7], window({ size: [1, 1] }), (...visit) => visits.push(visit));
    expect(visits).toEqual([
      [0, 0, 0, 1],
      [1, 1, 0, 1],
    ]);
  });
});
