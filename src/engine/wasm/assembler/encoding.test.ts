import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { float32, list, name, section, signed, unsigned, words } from "./encoding.js";

describe("unsigned", () => {
  it("writes seven bits a byte, lowest first", () => {
    expect(unsigned(0)).toEqual([0]);
    expect(unsigned(127)).toEqual([0x7f]);
    expect(unsigned(128)).toEqual([0x80, 0x01]);
    expect(unsigned(624_485)).toEqual([0xe5, 0x8e, 0x26]);
    expect(unsigned(0xffffffff)).toEqual([0xff, 0xff, 0xff, 0xff, 0x0f]);
  });

  it("is undone by reading it back", () => {
    const read = (bytes: number[]) =>
      bytes.reduce((sum, byte, i) => sum + (byte & 0x7f) * 128 ** i, 0);
    fc.assert(fc.property(fc.nat(0xffffffff), (value) => read(unsigned(value)) === value));
  });
});

describe("signed", () => {
  it("carries the sign in the last byte", () => {
    expect(signed(0)).toEqual([0]);
    expect(signed(63)).toEqual([0x3f]);
    expect(signed(64)).toEqual([0xc0, 0x00]);
    expect(signed(-1)).toEqual([0x7f]);
    expect(signed(-64)).toEqual([0x40]);
    expect(signed(-65)).toEqual([0xbf, 0x7f]);
    expect(signed(-123_456)).toEqual([0xc0, 0xbb, 0x78]);
    expect(signed(-(2 ** 31))).toEqual([0x80, 0x80, 0x80, 0x80, 0x78]);
  });

  it("is undone by reading it back", () => {
    const read = (bytes: number[]) => {
      const sum = bytes.reduce((value, byte, i) => value + (byte & 0x7f) * 128 ** i, 0);
      const negative = ((bytes.at(-1) ?? 0) & 0x40) !== 0;
      return negative ? sum - 128 ** bytes.length : sum;
    };
    fc.assert(fc.property(fc.integer(), (value) => read(signed(value)) === value));
  });
});

describe("constants", () => {
  it("are little-endian", () => {
    expect(float32(1)).toEqual([0, 0, 0x80, 0x3f]);
    expect(words([1, -1, 256, 0])).toEqual([
      1, 0, 0, 0, 255, 255, 255, 255, 0, 1, 0, 0, 0, 0, 0, 0,
    ]);
  });
});

describe("structures", () => {
  it("are preceded by their lengths", () => {
    expect(name("run")).toEqual([3, 0x72, 0x75, 0x6e]);
    expect(list([[1, 2], [3]])).toEqual([2, 1, 2, 3]);
    expect(section(7, [9, 9])).toEqual([7, 2, 9, 9]);
  });
});
