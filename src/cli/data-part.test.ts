import { describe, expect, it } from "vitest";
import { Random } from "../base/index.js";
import { countsPerClass, type DataSet, synthetic } from "../data/index.js";
import { foldChoice, partOf } from "./data-part.js";

const random = new Random(1);
const data: DataSet = {
  name: "tiny",
  train: synthetic({ count: 50, random }),
  test: synthetic({ count: 30, random }),
  files: [],
  framing: "mnist",
  fromPictures: false,
};

describe("partOf", () => {
  it("leaves a set alone of which nothing is asked", () => {
    expect(partOf(data, {})).toBe(data);
  });

  it("holds out every training image in just one of the folds, every class alike", () => {
    const folds = [1, 2, 3, 4, 5].map((fold) => partOf(data, { fold: { fold, of: 5 } }));
    for (const { train, test } of folds) {
      expect([train.count, test?.count]).toEqual([40, 10]);
      const counts = countsPerClass(test!);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
    const held = folds.flatMap(({ test }) => [...test!.labels]);
    expect(held.sort()).toEqual([...data.train.labels].sort());
  });

  it("joins the test images to the training images, and holds out folds of all of them", () => {
    const whole = partOf(data, { whole: true });
    expect([whole.train.count, whole.test]).toEqual([80, undefined]);
    expect([...whole.train.labels]).toEqual([...data.train.labels, ...data.test!.labels]);
    const { train, test } = partOf(data, { whole: true, fold: { fold: 4, of: 4 } });
    expect([train.count, test?.count]).toEqual([60, 20]);
  });

  it("refuses more folds than images", () => {
    expect(() => partOf(data, { fold: { fold: 1, of: 51 } })).toThrow(
      "--fold: tiny must have an image a part, got 50 for 51",
    );
  });
});

describe("foldChoice", () => {
  it("takes a part of a number of parts", () => {
    expect(foldChoice("--fold")("2/5")).toEqual({ fold: 2, of: 5 });
  });

  it.each(["", "2", "0/5", "6/5", "1/1", "1/101", "2/5/6", "a/b", "-1/5"])("refuses %j", (text) => {
    expect(() => foldChoice("--fold")(text)).toThrow(
      "--fold: must be a part and the number of parts, as 2/5, at most 100 parts, got",
    );
  });
});
