import { describe, expect, it } from "vitest";
import { NOT_A_CHARACTER } from "../base/index.js";
import { isFolder } from "./list-folder.js";
import { loadDataSet } from "./load-data-set.js";

const { INKLING_DATA } = process.env;
const has = async (set: string) =>
  INKLING_DATA !== undefined && (await isFolder(`${INKLING_DATA}/${set}`));
const hasUnipen = await has("unipen");
const hasSheet = await has("digits-20x20");

describe("a mixture of data sets", () => {
  it("takes the characters of its selection from what is drawn, anew each time", async () => {
    const { train, test, writers } = await loadDataSet("letters:synthetic*2", { seed: 3 });
    expect(train.count).toBe(40_000);
    expect(train.classes.join("")).toBe("abcdefghijklmnopqrstuvwxyz");
    expect(test).toBeUndefined();
    expect(new Set(writers).size).toBe(40_000);
    const half = train.images.length / 2;
    expect(train.images.subarray(0, 784)).not.toEqual(train.images.subarray(half, half + 784));
  });

  it("lists what there is where a part is unknown", async () => {
    await expect(loadDataSet("digits:synthetic+mmist")).rejects.toThrow(
      /^data set mmist: a part must be one of mnist, .*, redrawn, others, synthetic$/,
    );
  });

  it.skipIf(!hasSheet)(
    "keeps copies of an image together (skipped without INKLING_DATA/digits-20x20)",
    async () => {
      const { train, writers } = await loadDataSet("digits:digits-20x20*2");
      expect(train.count).toBe(5000);
      expect(writers?.subarray(2500)).toEqual(writers?.subarray(0, 2500));
      expect(new Set(writers).size).toBe(2500);
    },
  );

  it.skipIf(!hasUnipen)(
    "keeps the drawings of a character with its writer, and adds what is no character (skipped without INKLING_DATA/unipen)",
    { timeout: 60_000 },
    async () => {
      const set = await loadDataSet("digits:unipen+redrawn*2+others", { seed: 1 });
      const { train, test, writers } = set;
      expect(train.count).toBe(3 * 12_867 + 20_000);
      expect(train.classes.at(-1)).toBe(NOT_A_CHARACTER);
      expect(test?.count).toBe(2_002);
      expect(test?.classes).toEqual(train.classes);
      const one = 12_867;
      expect(writers?.subarray(one, 2 * one)).toEqual(writers?.subarray(0, one));
      expect(train.labels.subarray(one, 2 * one)).toEqual(train.labels.subarray(0, one));
      expect(new Set(train.labels.subarray(3 * one))).toEqual(new Set([10]));
    },
  );
});
