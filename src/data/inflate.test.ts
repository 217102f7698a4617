import { deflateRawSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { idxFile } from "../../test/idx-file.js";
import { FormatError, Random } from "../base/index.js";
import { gunzip, inflate } from "./inflate.js";
import { readIdx } from "./read-idx.js";

const text = new TextEncoder().encode("the quick brown fox ".repeat(500));

describe("gunzip", () => {
  it("unpacks what gzip packed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
        expect(await gunzip(gzipSync(bytes), { limit: 3000, source: "file" })).toEqual(bytes);
      }),
      { numRuns: 50 },
    );
  });

  it("unpacks up to its limit and refuses more", async () => {
    const packed = gzipSync(text);
    expect(await gunzip(packed, { limit: text.length, source: "file" })).toEqual(text);
    await expect(gunzip(packed, { limit: text.length - 1, source: "file" })).rejects.toThrow(
      `file: must unpack to at most ${text.length - 1} bytes, got more`,
    );
  });

  it("refuses a declared size that so few bytes cannot hold", async () => {
    const packed = gzipSync(text);
    packed.writeUInt32LE(0xffff_0000, packed.length - 4);
    await expect(gunzip(packed, { limit: 2 ** 32, source: "bomb" })).rejects.toThrow(
      "bomb: must be whole gzip data, got damage: ",
    );
  });

  it("says of a file that is cut short just that, whatever size its last bytes declare", async () => {
    const random = new Random(2);
    const packed = gzipSync(Uint8Array.from({ length: 5000 }, () => random.integer(256)));
    for (let length = 100; length < packed.length; length += 100) {
      await expect(
        gunzip(packed.subarray(0, length), { limit: 6000, source: "cut" }),
      ).rejects.toThrow(
        /^cut: must be whole gzip data, got damage: .*; it is cut short or broken$/,
      );
    }
  });

  it("stops where more comes out than was declared and may", async () => {
    const bytes = new Uint8Array(3_000_000);
    const packed = gzipSync(bytes);
    packed.writeUInt32LE(10_000, packed.length - 4);
    await expect(gunzip(packed, { limit: 1_000_000, source: "liar" })).rejects.toThrow(
      "liar: must unpack to at most 1000000 bytes, got more",
    );
  });

  it("refuses other files", async () => {
    await expect(gunzip(text, { limit: 1000, source: "fox.txt" })).rejects.toThrow(
      "fox.txt: a gzip file must start with 1f 8b",
    );
    await expect(gunzip(text.subarray(0, 3), { limit: 1000, source: "fox.txt" })).rejects.toThrow(
      "fox.txt: the gzip header needs 10 bytes, got 3; the file is cut short",
    );
  });

  it("answers a damaged or cut file with a FormatError, or unharmed content", async () => {
    const content = Uint8Array.from({ length: 700 }, (_, i) => (i * i) % 251);
    const packed = gzipSync(content);
    const damage = fc.record({
      at: fc.nat({ max: packed.length - 1 }),
      bits: fc.integer({ min: 1, max: 255 }),
      length: fc.integer({ min: 0, max: packed.length }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, bits, length }) => {
        const broken = Uint8Array.from(packed).subarray(0, length);
        if (at < length) broken[at] ^= bits;
        try {
          expect(await gunzip(broken, { limit: 100_000, source: "fuzz" })).toEqual(content);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("inflate", () => {
  const options = { format: "deflate-raw", limit: 20_000, source: "file" } as const;

  it("unpacks bare DEFLATE data", async () => {
    const packed = deflateRawSync(text);
    expect(await inflate(packed, { ...options, size: text.length })).toEqual(text);
  });

  it("wants exactly the size it is told", async () => {
    const packed = deflateRawSync(text);
    const unpack = (size: number) => inflate(packed, { ...options, size });
    await expect(unpack(9_999)).rejects.toThrow(
      "file: must unpack to the 9999 bytes it declares, got 10000",
    );
    await expect(unpack(10_001)).rejects.toThrow(
      "file: must unpack to the 10001 bytes it declares, got 10000",
    );
  });
});

describe("readIdx", () => {
  it("reads plain files and packed ones alike", async () => {
    const file = idxFile([2, 2], [1, 2, 3, 4]);
    const expected = { shape: [2, 2], data: Uint8Array.of(1, 2, 3, 4) };
    expect(await readIdx(file, "plain")).toEqual(expected);
    expect(await readIdx(gzipSync(file), "packed")).toEqual(expected);
  });
});
