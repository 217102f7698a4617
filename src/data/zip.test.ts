import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { zipFile } from "../../test/zip-file.js";
import { FormatError } from "../base/index.js";
import { byteSource, readZipDirectory, readZipMember } from "./zip.js";

const text = new TextEncoder().encode("pack my box with five dozen liquor jugs ".repeat(20));
const contents = [
  { name: "gzip/packed.txt", bytes: text },
  { name: "gzip/stored.bin", bytes: Uint8Array.of(1, 2, 3), stored: true },
];

async function readAll(bytes: Uint8Array, limit = 10_000): Promise<[string, Uint8Array][]> {
  const source = byteSource(bytes, "archive.zip");
  const result: [string, Uint8Array][] = [];
  for (const member of await readZipDirectory(source)) {
    result.push([member.name, await readZipMember(source, member, { limit })]);
  }
  return result;
}

/** A copy with one 16-bit number in the directory entry of the first file changed. */
function withEntryField(offset: number, value: number): Uint8Array {
  const bytes = zipFile(contents);
  const entry = Buffer.from(bytes).indexOf("PK\x01\x02");
  new DataView(bytes.buffer).setUint16(entry + offset, value, true);
  return bytes;
}

describe("zip archives", () => {
  it("give back every file, packed or stored", async () => {
    expect(await readAll(zipFile(contents))).toEqual([
      ["gzip/packed.txt", text],
      ["gzip/stored.bin", Uint8Array.of(1, 2, 3)],
    ]);
  });

  it("may be empty and may end with a comment", async () => {
    expect(await readAll(zipFile([]))).toEqual([]);
    expect(await readAll(zipFile(contents, "PK and other remarks"))).toHaveLength(2);
  });

  it("are refused when they do not end with a directory", async () => {
    await expect(readAll(zipFile(contents).subarray(0, -10))).rejects.toThrow(
      "archive.zip: a zip archive must end with a directory, got none; is it cut short?",
    );
    await expect(readAll(new Uint8Array(0))).rejects.toThrow(FormatError);
  });

  it("unpack no file beyond the limit", async () => {
    await expect(readAll(zipFile(contents), 799)).rejects.toThrow(
      "archive.zip: gzip/packed.txt: must unpack to at most 799 bytes, got 800",
    );
  });

  it("are checked by their CRC", async () => {
    await expect(readAll(withEntryField(16, 0))).rejects.toThrow(
      /^archive\.zip: gzip\/packed\.txt: CRC must be [0-9a-f]{4}0000, got [0-9a-f]{8}$/,
    );
  });

  it("are refused when packed or protected in another way", async () => {
    await expect(readAll(withEntryField(10, 12))).rejects.toThrow(
      "archive.zip: gzip/packed.txt: must be stored (0) or deflated (8), got method 12",
    );
    await expect(readAll(withEntryField(8, 1))).rejects.toThrow(
      "archive.zip: gzip/packed.txt must be readable without a password, got an encrypted entry",
    );
  });

  it("answer any damage with a FormatError, or unharmed content", async () => {
    const whole = zipFile(contents);
    const damage = fc.record({
      at: fc.nat({ max: whole.length - 1 }),
      value: fc.nat({ max: 255 }),
      length: fc.oneof(fc.constant(whole.length), fc.nat({ max: whole.length })),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, value, length }) => {
        const broken = whole.slice(0, length);
        broken[at] = value;
        try {
          for (const [, bytes] of await readAll(broken)) {
            expect(contents.some((content) => Buffer.compare(content.bytes, bytes) === 0)).toBe(
              true,
            );
          }
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
