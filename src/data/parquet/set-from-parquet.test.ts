import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { arrayFixture, fixtureLabels, fixturePixels } from "../../../test/array-fixtures.js";
import { FormatError } from "../../base/index.js";
import { byteSource } from "../zip.js";
import { type PictureDecoder, setFromParquet } from "./set-from-parquet.js";

const source = (name: string) => byteSource(new Uint8Array(readFileSync(arrayFixture(name))), name);

/** Takes the sizes of the files for their only pixels. */
const decode: PictureDecoder = async (groups, { count }) => {
  const sizes: number[] = [];
  for await (const group of groups) for (const file of group) sizes.push(file.length % 256);
  return { count, height: 1, width: 1, channels: 1, images: Uint8Array.from(sizes) };
};
const options = { name: "a", files: [], decode };

describe("setFromParquet", () => {
  it("puts the files of a part one after the other", async () => {
    const files = ["nested.parquet", "raw.parquet"].map(source);
    const { train, test } = await setFromParquet({ train: files }, options);
    expect(train.count).toBe(24);
    expect([...train.images]).toEqual([...fixturePixels(192), ...fixturePixels(192)]);
    expect([...train.labels]).toEqual([...fixtureLabels(12), ...fixtureLabels(12)]);
    expect(test).toBe(train);
  });

  it("has pictures decoded, and takes the names of classes from the file", async () => {
    const parts = {
      train: [source("pictures-train.parquet")],
      test: [source("pictures-test.parquet")],
    };
    const { train, test, fromPictures } = await setFromParquet(parts, options);
    expect([train.count, test?.count, fromPictures]).toEqual([12, 5, true]);
    expect(train.classes[7]).toBe("digit 7");
    expect(train.images.every((size) => size > 60)).toBe(true);
  });

  it("wants images of one size in all files of a part", async () => {
    const files = ["nested.parquet", "pictures-train.parquet"].map(source);
    await expect(setFromParquet({ train: files }, options)).rejects.toThrow(
      new FormatError(
        "pictures-train.parquet",
        "images must have 4×4×1 as those of the other files, got 1×1×1",
      ),
    );
  });
});
