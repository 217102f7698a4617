import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError } from "../../base/index.js";
import { decodeHybrid } from "./levels.js";
import type { Leaf } from "./metadata.js";
import { readColumn } from "./read-column.js";

/** A number as Thrift and the runs write it. */
function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}
const zigzag = (value: number) => varint(value < 0 ? -2 * value - 1 : 2 * value);

/** A structure of 32-bit numbers, truth values and structures, by field. */
function struct(fields: Record<number, number | boolean | number[]>): number[] {
  let last = 0;
  const bytes = Object.entries(fields).flatMap(([key, value]) => {
    const delta = (Number(key) - last) << 4;
    last = Number(key);
    if (typeof value === "boolean") return [delta | (value ? 1 : 2)];
    return typeof value === "number" ? [delta | 5, ...zigzag(value)] : [delta | 12, ...value];
  });
  return [...bytes, 0];
}

interface PageFields {
  type?: number;
  size?: number;
  packedSize?: number;
  count?: number;
  encoding?: number;
}
/** A page of version 1 with any content, its header saying what it is told to. */
function page(content: ArrayLike<number>, fields: PageFields = {}): number[] {
  const { type = 0, size = content.length, packedSize = content.length } = fields;
  const { count = content.length / 4, encoding = 0 } = fields;
  const details = struct({ 1: count, 2: encoding, 3: 3, 4: 3 });
  const header = struct({ 1: type, 2: size, 3: packedSize, [type === 2 ? 7 : 5]: details });
  return [...header, ...Array.from(content)];
}
function page2(
  content: number[],
  { levels = [0, 0], count = content.length / 4, isPacked = false } = {},
) {
  const details = struct({
    1: count,
    2: 0,
    3: count,
    4: 0,
    5: levels[1]!,
    6: levels[0]!,
    7: isPacked,
  });
  return [...struct({ 1: 3, 2: content.length, 3: content.length, 8: details }), ...content];
}

const int32: Leaf = {
  path: ["n"],
  type: "INT32",
  typeLength: 0,
  maxDefinition: 0,
  maxRepetition: 0,
};
const bytesLeaf: Leaf = { ...int32, type: "BYTE_ARRAY" };
const optional: Leaf = { ...int32, maxDefinition: 1 };
const lists: Leaf = { ...int32, maxDefinition: 1, maxRepetition: 1 };
const three = [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0];

const read = (bytes: number[], leaf = int32, codec = "UNCOMPRESSED", limit = 1000) =>
  readColumn(Uint8Array.from(bytes), leaf, { codec, source: "a.parquet", limit });

describe("readColumn", () => {
  it("reads plain values, page after page", async () => {
    const { values } = await read([...page(three), ...page(three.slice(0, 4))]);
    expect(values).toEqual(Int32Array.of(1, 2, 3, 1));
  });

  it("reads a dictionary and the indices into it", async () => {
    const indices = [2, ...varint(2 * 3), 2, ...varint(2 * 2), 0];
    const { values } = await read([
      ...page(three, { type: 2 }),
      ...page(indices, { encoding: 8, count: 5 }),
    ]);
    expect(values).toEqual(Int32Array.of(3, 3, 3, 1, 1));
  });

  it("reads where lists begin, in version 1 and 2", async () => {
    const repetitions = [...varint(2), 0, ...varint(4), 1];
    const definitions = [...varint(6), 1];
    const size = (levels: number[]) => [levels.length, 0, 0, 0];
    const expected = { values: Int32Array.of(1, 2, 3), repetitions: Uint8Array.of(0, 1, 1) };
    const first = [...size(repetitions), ...repetitions, ...size(definitions), ...definitions];
    expect(await read(page([...first, ...three], { count: 3 }), lists)).toEqual(expected);
    const levels = [repetitions.length, definitions.length];
    const second = page2([...repetitions, ...definitions, ...three], { count: 3, levels });
    expect(await read(second, lists)).toEqual(expected);
  });

  it("unpacks gzip", async () => {
    const packed = gzipSync(Uint8Array.from(three));
    const { values } = await read(page(packed, { size: 12, count: 3 }), int32, "GZIP");
    expect(values).toEqual(Int32Array.of(1, 2, 3));
  });

  it.each<[string, number[], string, Leaf?, string?]>([
    [
      "a header cut off",
      [0x15, 0],
      "the header of page 0 needs 1 bytes, got 0; the file is cut short",
    ],
    ["a header of other types", [0x1d], "the header of page 0 must be made of known types, got 13"],
    [
      "a header without end",
      new Array(40).fill(0x1c),
      "the header of page 0 must be at most 24 structures deep, got more",
    ],
    [
      "a number without end",
      [0x15, ...new Array(12).fill(0xff)],
      "a number in the header of page 0 must have at most 10 bytes, got more",
    ],
    [
      "a list longer than the file",
      [0x19, 0xf5, ...varint(1e9)],
      "the length of a list in the header of page 0 must be an integer from 0 to 0, got 1000000000",
    ],
    [
      "a page longer than the column",
      page(three, { packedSize: 13 }),
      "the size of page 0 must be an integer from 0 to 12, got 13",
    ],
    [
      "a page of negative size",
      page(three, { packedSize: -1 }),
      "the size of page 0 must be an integer from 0 to 12, got -1",
    ],
    [
      "a page beyond the budget",
      page(three, { size: 2 ** 30 }),
      "the unpacked size of page 0 must be an integer from 0 to 268435456, got 1073741824",
    ],
    [
      "sizes that differ though nothing is packed",
      page(three, { size: 16 }),
      "page 0 must unpack to 16 bytes, got 12",
    ],
    [
      "a page of another type",
      page(three, { type: 7 }),
      "page 0 must be a data page (0, 3) or a dictionary (2), got type 7",
    ],
    [
      "a page that does not say what it has",
      [...struct({ 1: 0, 2: 0, 3: 0 })],
      "the header of page 0 must have its details, got none",
    ],
    [
      "more values than are allowed",
      page(three, { count: 1001 }),
      "page 0: the number of values must be an integer from 0 to 1000, got 1001",
    ],
    [
      "a negative number of values",
      page(three, { count: -1 }),
      "the number of values of page 0 must be an integer from 0 to 2147483648, got -1",
    ],
    [
      "more values than bytes",
      page(three, { count: 4 }),
      "page 0: the values needs 16 bytes, got 12; the file is cut short",
    ],
    [
      "an encoding we lack",
      page(three, { encoding: 5 }),
      "page 0: values must be PLAIN or RLE_DICTIONARY, got DELTA_BINARY_PACKED; write the file with one of these",
    ],
    [
      "an encoding that nobody knows",
      page(three, { encoding: 15 }),
      "page 0: values must be PLAIN or RLE_DICTIONARY, got type 15; write the file with one of these",
    ],
    [
      "indices without a dictionary",
      page([2, 6, 0], { encoding: 8, count: 3 }),
      "page 0: a dictionary must come before its use, got none",
    ],
    [
      "an index beyond the dictionary",
      [...page(three, { type: 2 }), ...page([2, ...varint(6), 3], { encoding: 8, count: 3 })],
      "page 1: an index must be below the dictionary's length 3, got 3 at position 0",
    ],
    [
      "indices of 32 bits",
      [...page(three, { type: 2 }), ...page([32, 6, 0, 0, 0, 0], { encoding: 8, count: 3 })],
      "page 1: the bits of an index must be an integer from 0 to 24, got 32",
    ],
    [
      "runs that end early",
      [...page(three, { type: 2 }), ...page([2, ...varint(4), 0], { encoding: 8, count: 3 })],
      "page 1: the indices needs 1 bytes, got 0; the file is cut short",
    ],
    [
      "an empty run",
      [...page(three, { type: 2 }), ...page([2, 0, 0], { encoding: 8, count: 3 })],
      "page 1: the indices must be made of runs of at least one value, got an empty one",
    ],
    [
      "packed bits that end early",
      [...page(three, { type: 2 }), ...page([8, 3, 0, 0], { encoding: 8, count: 8 })],
      "page 1: the indices needs 8 bytes, got 2; the file is cut short",
    ],
    [
      "levels longer than the page",
      page([255, 0, 0, 0, 1], { count: 1 }),
      "page 0: the definition levels needs 255 bytes, got 1; the file is cut short",
      optional,
    ],
    [
      "an absent value",
      page([3, 0, 0, 0, 3, 5, 0, ...three.slice(0, 8)], { count: 3 }),
      "page 0: every value must be there, got none at position 1",
      optional,
    ],
    [
      "levels of version 2 beyond the page",
      page2(three, { levels: [10, 10], count: 1 }),
      "the definition levels of page 0 must be an integer from 0 to 2, got 10",
      lists,
    ],
    [
      "damaged gzip",
      page(three, { size: 40 }),
      "page 0: must be whole gzip data, got damage: incorrect header check; it is cut short or broken",
      int32,
      "GZIP",
    ],
    [
      "damaged Snappy",
      page([12, 0xff, 0xff, 0xff], { size: 12, count: 3 }),
      "page 0: must be whole Snappy data, got damage: snappy error end of input",
      int32,
      "SNAPPY",
    ],
    [
      "Snappy of an impossible size",
      page([12, 0], { size: 1e6, count: 3 }),
      "page 0: 2 bytes must unpack to at most 44, got 1000000",
      int32,
      "SNAPPY",
    ],
    [
      "a codec we lack",
      page(three, { count: 3 }),
      "page 0: must be packed by SNAPPY or GZIP or not at all, got BROTLI; write the file with one of these",
      int32,
      "BROTLI",
    ],
    [
      "truth values",
      page([1], { count: 3 }),
      "page 0: values must be whole numbers, floats or bytes, got BOOLEAN",
      { ...int32, type: "BOOLEAN" },
    ],
    [
      "texts that are too many",
      page([1, 0, 0, 0, 65], { count: 2 }),
      "page 0: the number of values must be an integer from 0 to 1, got 2",
      bytesLeaf,
    ],
    [
      "a text beyond the page",
      page([9, 0, 0, 0, 65], { count: 1 }),
      "page 0: a value needs 9 bytes, got 1; the file is cut short",
      bytesLeaf,
    ],
    [
      "bytes of a size that is too large",
      page([1, 2, 3], { count: 2 }),
      "page 0: the size of the values must be an integer from 0 to 3, got 4",
      { ...int32, type: "FIXED_LEN_BYTE_ARRAY", typeLength: 2 },
    ],
    [
      "bytes without size, without number",
      page([1, 2, 3], { count: 999 }),
      "page 0: the size of the values must be an integer from 0 to 3, got 999",
      { ...int32, type: "FIXED_LEN_BYTE_ARRAY" },
    ],
  ])("refuses %s", async (_, bytes, problem, leaf = int32, codec = "UNCOMPRESSED") => {
    const error = await read(bytes, leaf, codec).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(FormatError);
    expect((error as Error).message).toBe(`a.parquet: ${problem}`);
  });
});

describe("decodeHybrid", () => {
  it("gives back what was packed in any mixture of runs", () => {
    const run = fc.record({
      isPacked: fc.boolean(),
      values: fc.array(fc.nat(), { minLength: 1, maxLength: 30 }),
      repeats: fc.integer({ min: 1, max: 300 }),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 24 }),
        fc.array(run, { maxLength: 8 }),
        (bitWidth, runs) => {
          const bytes: number[] = [];
          const expected: number[] = [];
          for (const { isPacked, values, repeats } of runs) {
            const fitting = values.map((value) => value % 2 ** bitWidth);
            if (!isPacked) {
              const first = fitting[0]!;
              bytes.push(...varint(2 * repeats));
              for (let i = 0; i < Math.ceil(bitWidth / 8); i++)
                bytes.push((first >> (8 * i)) & 255);
              expected.push(...new Array<number>(repeats).fill(first));
              continue;
            }
            while (fitting.length % 8 > 0) fitting.push(0);
            bytes.push(...varint(2 * (fitting.length / 8) + 1));
            const bits = fitting.flatMap((value) =>
              Array.from({ length: bitWidth }, (_, bit) => (value >> bit) & 1),
            );
            for (let at = 0; at < bits.length; at += 8) {
              bytes.push(bits.slice(at, at + 8).reduceRight((sum, bit) => 2 * sum + bit, 0));
            }
            expected.push(...fitting);
          }
          const options = { bitWidth, source: "a", what: "runs" };
          const decoded = decodeHybrid(Uint8Array.from(bytes), expected.length, options);
          expect([...decoded]).toEqual(expected);
        },
      ),
    );
  });

  it("fills no more than was asked for, however long a run says it is", () => {
    const bytes = Uint8Array.from([...varint(2 ** 32), 1]);
    const options = { bitWidth: 1, source: "a", what: "runs" };
    expect([...decodeHybrid(bytes, 3, options)]).toEqual([1, 1, 1]);
  });
});
