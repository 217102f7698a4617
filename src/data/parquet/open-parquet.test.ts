import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  arrayFixture,
  damaged,
  fixtureLabels,
  fixturePixels,
} from "../../../test/array-fixtures.js";
import { FormatError } from "../../base/index.js";
import { type ByteSource, byteSource } from "../zip.js";
import { openParquet } from "./open-parquet.js";
import { openParquetImages } from "./parquet-images.js";

const fixture = (name: string): ByteSource =>
  byteSource(new Uint8Array(readFileSync(arrayFixture(name))), name);

/** Everything a file has, read. */
async function readAll(source: ByteSource) {
  const { images, labels, classes } = await openParquetImages(source);
  if (images.type === "pixels")
    return { shape: images.array.shape, data: [...images.array.data], labels, classes };
  const files: Uint8Array[] = [];
  for await (const group of images.groups()) files.push(...group);
  return { files, labels, classes };
}

describe("a Parquet file", () => {
  it.each([
    ["nested.parquet", [12, 4, 4]],
    ["raw.parquet", [12, 16]],
    ["columns.parquet", [12, 16]],
  ])("of PyArrow's gives its pixels and labels: %s", async (name, shape) => {
    const all = await readAll(fixture(name));
    expect(all).toMatchObject({ shape, data: fixturePixels(12 * 16) });
    expect([...(all.labels as { data: Float64Array }).data]).toEqual(fixtureLabels(12));
  });

  it("gives floats of several groups, packed by gzip", async () => {
    const { data, shape } = (await readAll(fixture("flat.parquet"))) as {
      data: number[];
      shape: number[];
    };
    expect(shape).toEqual([12, 16]);
    expect(data).toEqual(fixturePixels(12 * 16).map((pixel) => Math.fround(pixel / 255)));
  });

  it("gives files of pictures by groups of rows", async () => {
    const { files } = (await readAll(fixture("pictures-train.parquet"))) as { files: Uint8Array[] };
    expect(files).toHaveLength(12);
    expect(files.every((file) => file[1] === 0x50 && file[2] === 0x4e)).toBe(true);
    const { images } = await openParquetImages(fixture("pictures-train.parquet"));
    const sizes: number[] = [];
    if (images.type === "files")
      for await (const group of images.groups()) sizes.push(group.length);
    expect(sizes).toEqual([5, 5, 2]);
  });

  it("gives labels that are texts", async () => {
    expect((await readAll(fixture("text-labels.parquet"))).labels).toEqual(
      fixtureLabels(12).map(String),
    );
  });

  it.each([
    [
      "zstd.parquet",
      "zstd.parquet: row group 0, column label: page 0: must be packed by SNAPPY or GZIP or not at all, got ZSTD; write the file with one of these",
    ],
    [
      "null-label.parquet",
      "null-label.parquet: row group 0, column label: page 1: every value must be there, got none at position 0",
    ],
    [
      "no-image.parquet",
      "no-image.parquet: must hold images, as a column image or a column for each pixel, got the columns text, label",
    ],
  ])("that lacks what is needed is refused: %s", async (name, message) => {
    await expect(readAll(fixture(name))).rejects.toThrow(expect.objectContaining({ message }));
  });

  const whole = new Uint8Array(readFileSync(arrayFixture("nested.parquet")));
  const changed = (
    change: (bytes: Uint8Array, view: DataView) => Uint8Array | undefined,
  ): Uint8Array => {
    const bytes = whole.slice();
    return change(bytes, new DataView(bytes.buffer)) ?? bytes;
  };
  const end = whole.length;
  it.each<[string, Uint8Array, string]>([
    ["nothing", new Uint8Array(), "a Parquet file must have at least 12 bytes, got 0"],
    ["eleven bytes", whole.slice(0, 11), "a Parquet file must have at least 12 bytes, got 11"],
    [
      "a file cut short",
      whole.slice(0, end - 1),
      `a Parquet file must end with PAR1, got ${JSON.stringify("\x00PAR")}; is it one, and not cut short?`,
    ],
    [
      "a description longer than the file",
      changed((_, view) => void view.setUint32(end - 8, end, true)),
      `the length of the description must be an integer from 0 to ${end - 12}, got ${end}`,
    ],
    [
      "a description longer than any",
      changed((_, view) => void view.setUint32(end - 8, 0xffffffff, true)),
      `the length of the description must be an integer from 0 to ${end - 12}, got 4294967295`,
    ],
    [
      "no description",
      changed((_, view) => void view.setUint32(end - 8, 0, true)),
      "the description needs 1 bytes, got 0; the file is cut short",
    ],
    [
      "a description of other types",
      changed((bytes, view) => {
        const start = end - 8 - view.getUint32(end - 8, true);
        bytes[start] = 0x1d;
        return undefined;
      }),
      "the description must be made of known types, got 13",
    ],
    [
      "a description without anything in it",
      changed((bytes, view) => {
        const start = end - 8 - view.getUint32(end - 8, true);
        bytes[start] = 0;
        return undefined;
      }),
      "must have a whole description, got damage: Cannot read properties of undefined (reading 'map')",
    ],
  ])("is refused when it is %s", async (_, bytes, problem) => {
    await expect(openParquet(byteSource(bytes, "a.parquet"))).rejects.toThrow(
      new FormatError("a.parquet", problem),
    );
  });

  it.each(["nested", "flat", "raw", "columns", "pictures-train", "text-labels"])(
    "ends in values or a FormatError, whatever happened to it: %s.parquet",
    async (name) => {
      const bytes = readFileSync(arrayFixture(`${name}.parquet`));
      await fc.assert(
        fc.asyncProperty(damaged(bytes), async (file) => {
          try {
            await readAll(byteSource(file, name));
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
          }
        }),
        { numRuns: 300 },
      );
    },
  );
});
