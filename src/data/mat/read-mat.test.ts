import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  arrayFixture,
  damaged,
  fixtureLabels,
  fixturePixels,
} from "../../../test/array-fixtures.js";
import { FormatError } from "../../base/index.js";
import { readMat } from "./read-mat.js";

const fixture = (name: string) => readMat(readFileSync(arrayFixture(name)), name);

/** Writes MATLAB files of either byte order, element by element, whatever they say of themselves. */
function writer(littleEndian: boolean) {
  const u32 = (...values: number[]): number[] =>
    values.flatMap((value) => {
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setUint32(0, value, littleEndian);
      return [...bytes];
    });
  const element = (type: number, content: readonly number[], size = content.length): number[] => [
    ...u32(type, size),
    ...content,
    ...new Array<number>((8 - (content.length % 8)) % 8).fill(0),
  ];
  /** Up to four bytes in place of a size. */
  const small = (type: number, content: readonly number[], size = content.length): number[] => [
    ...u32((size << 16) | type),
    ...content,
    ...new Array<number>(4 - content.length).fill(0),
  ];
  const header = (version = 0x0100, order = littleEndian ? "IM" : "MI"): number[] => {
    const number = [version & 255, version >> 8];
    const text = "MATLAB 5.0 MAT-file, written by a test";
    return [
      ...new TextEncoder().encode(text.padEnd(116)),
      ...new Array<number>(8).fill(0),
      ...(littleEndian ? number : number.reverse()),
      ...new TextEncoder().encode(order),
    ];
  };
  const flags = (kind = 9, bits = 0): number[] =>
    element(6, [...u32(kind | (bits << 8)), ...u32(0)]);
  const dimensions = (...sizes: number[]): number[] => element(5, u32(...sizes));
  const name = (text: string): number[] =>
    text.length <= 4 && text.length > 0
      ? small(1, [...new TextEncoder().encode(text)])
      : element(1, [...new TextEncoder().encode(text)]);
  /** A uint8 matrix. */
  const matrix = (label: string, shape: number[], values: number[]): number[] =>
    element(14, [...flags(), ...dimensions(...shape), ...name(label), ...element(2, values)]);
  return { u32, element, small, header, flags, dimensions, name, matrix };
}
const { u32, element, small, header, flags, dimensions, name, matrix } = writer(true);
const file = (...parts: number[][]): Uint8Array => Uint8Array.from([...header(), ...parts.flat()]);

describe("readMat", () => {
  it.each(["exercise.mat", "exercise-plain.mat"])("reads %s as SciPy wrote it", async (source) => {
    const mat = await fixture(source);
    expect(mat.names).toEqual(["X", "y"]);
    const { shape, data } = mat.read("X");
    expect(shape).toEqual([20, 16]);
    // Row 1 holds image 1 column by column: its second number is the first of the second row.
    const pixel = fixturePixels(320)[16 + 4]!;
    expect(data[16 + 1]).toBeCloseTo((pixel / 255) * 1.25 - 0.125, 12);
    expect([...mat.read("y").data]).toEqual(fixtureLabels(20).map((label) => label || 10));
  });

  it.each([
    "float64",
    "float32",
    "int8",
    "uint8",
    "int16",
    "uint16",
    "int32",
    "uint32",
    "int64",
    "uint64",
  ])("reads the class %s", async (kind) => {
    const { shape, data } = (await fixture("classes.mat")).read(kind);
    expect({ shape, data: [...data] }).toEqual({ shape: [2, 3], data: [0, 1, 2, 3, 4, 5] });
  });

  it("puts the last dimension fastest", async () => {
    const { shape, data } = (await fixture("classes.mat")).read("cube");
    expect({ shape, data: [...data] }).toEqual({
      shape: [2, 3, 4],
      data: Array.from({ length: 24 }, (_, i) => i),
    });
  });

  it("takes truth values as 0 and 1, and an empty matrix", async () => {
    const mat = await fixture("classes.mat");
    expect([...mat.read("truth").data]).toEqual([1, 0]);
    expect(mat.read("empty").shape).toEqual([0, 0]);
  });

  it.each([
    ["text", "text"],
    ["record", "a struct"],
    ["cells", "a cell array"],
    ["sparse", "a sparse matrix"],
    ["complex", "complex numbers"],
  ])("passes over %s, and refuses it when asked for", async (variable, got) => {
    const mat = await fixture("classes.mat");
    expect(mat.names).toContain(variable);
    expect(() => mat.read(variable)).toThrow(
      new FormatError(`classes.mat: ${variable}`, `must be a matrix of numbers, got ${got}`),
    );
  });

  it.each([true, false])("reads either byte order (little-endian: %s)", async (littleEndian) => {
    const w = writer(littleEndian);
    const shorts = w.element(14, [
      ...w.flags(11),
      ...w.dimensions(1, 3),
      ...w.name("s"),
      ...w.element(4, littleEndian ? [1, 0, 0, 1, 2, 1] : [0, 1, 1, 0, 1, 2]),
    ]);
    const bytes = Uint8Array.from([
      ...w.header(),
      ...w.matrix("a", [2, 2], [1, 2, 3, 4]),
      ...shorts,
    ]);
    const mat = await readMat(bytes, "a.mat");
    expect([...mat.read("a").data]).toEqual([1, 3, 2, 4]);
    expect([...mat.read("s").data]).toEqual([1, 256, 258]);
  });

  const values = element(2, [1, 2, 3, 4]);
  const packed = (content: number[]): number[] => {
    const bytes = [...deflateSync(Uint8Array.from(content))];
    return [...u32(15, bytes.length), ...bytes];
  };
  const good = matrix("a", [2, 2], [1, 2, 3, 4]);
  const broken: [string, Uint8Array, string][] = [
    [
      "nothing",
      new Uint8Array(),
      "a.mat: the header text needs 116 bytes, got 0; the file is cut short",
    ],
    [
      "a header cut off",
      file().subarray(0, 126),
      "a.mat: the byte order needs 2 bytes, got 0; the file is cut short",
    ],
    [
      "another file",
      new Uint8Array(200).fill(32),
      'a.mat: must be a MATLAB file of version 5, with IM or MI at 126, got "  "; is it a .mat file, saved with -v7?',
    ],
    [
      "HDF5",
      Uint8Array.from([0x89, 0x48, 0x44, 0x46, ...new Array<number>(200).fill(0)]),
      "a.mat: must be a MATLAB file of version 5, got 7.3 (HDF5); save it with -v7",
    ],
    [
      "the header of HDF5 by MATLAB",
      Uint8Array.from(header(0x0200)),
      "a.mat: must be a MATLAB file of version 5, got 7.3 (HDF5); save it with -v7",
    ],
    [
      "a version of the future",
      Uint8Array.from(header(0x0300)),
      "a.mat: the version must be 0100, got 0300",
    ],
    [
      "a tag cut off",
      file([1, 2]),
      "a.mat: the tag of variable 1 needs 4 bytes, got 2; the file is cut short",
    ],
    [
      "a size cut off",
      file(u32(14), [1]),
      "a.mat: the size of variable 1 needs 4 bytes, got 1; the file is cut short",
    ],
    [
      "a lying size",
      file(u32(14, 0xffffffff), values),
      "a.mat: variable 1 needs 4294967295 bytes, got 16; the file is cut short",
    ],
    [
      "a second variable that lies",
      file(good, u32(14, 9999), good),
      `a.mat: variable 2 needs 9999 bytes, got ${good.length}; the file is cut short`,
    ],
    [
      "an element that is no variable",
      file(element(9, [0, 0, 0, 0, 0, 0, 0, 0])),
      "a.mat: variable 1 must be a matrix (14) or compressed (15), got type 9",
    ],
    [
      "damaged compression",
      file([...u32(15, 6), 1, 2, 3, 4, 5, 6]),
      "a.mat: variable 1: must be whole deflate data, got damage: incorrect header check; it is cut short or broken",
    ],
    [
      "compression cut short",
      file([...u32(15, 30), ...packed(good).slice(8, 38)]),
      "a.mat: variable 1: must be whole deflate data, got damage: unexpected end of file; it is cut short or broken",
    ],
    [
      "something else compressed",
      file(packed(values)),
      "a.mat: variable 1: the unpacked element must be a matrix (14), got type 2",
    ],
    [
      "a compressed matrix that lies",
      file(packed([...u32(14, 500), ...good.slice(8)])),
      `a.mat: variable 1: the unpacked element needs 500 bytes, got ${good.length - 8}; the file is cut short`,
    ],
    [
      "no flags",
      file(element(14, [...dimensions(2, 2), ...name("a"), ...values])),
      "a.mat: variable 1: the array flags must be 8 bytes of type 6, got 8 of type 5",
    ],
    [
      "one dimension",
      file(element(14, [...flags(), ...element(5, u32(4)), ...name("a"), ...values])),
      "a.mat: variable 1: the dimensions must be 2 to 8 integers of type 5, got 4 bytes of type 5",
    ],
    [
      "dimensions of half integers",
      file(element(14, [...flags(), ...element(5, [1, 2, 3, 4, 5, 6]), ...name("a"), ...values])),
      "a.mat: variable 1: the dimensions must be 2 to 8 integers of type 5, got 6 bytes of type 5",
    ],
    [
      "nine dimensions",
      file(
        element(14, [
          ...flags(),
          ...dimensions(1, 1, 1, 1, 1, 1, 1, 1, 1),
          ...name("a"),
          ...values,
        ]),
      ),
      "a.mat: variable 1: the dimensions must be 2 to 8 integers of type 5, got 36 bytes of type 5",
    ],
    [
      "a small element of five bytes",
      file(element(14, [...flags(), ...dimensions(2, 2), ...small(1, [97], 5), ...values])),
      "a.mat: variable 1: the name, a small element, must have at most 4 bytes, got 5",
    ],
    [
      "no values",
      file(element(14, [...flags(), ...dimensions(2, 2), ...name("a")])),
      "a.mat: variable 1: the tag of the values needs 4 bytes, got 0; the file is cut short",
    ],
    [
      "fewer values than the shape has",
      file(matrix("a", [2, 3], [1, 2, 3, 4])),
      "a.mat: a: shape [2, 3] of 1-byte values needs 6 bytes, got 4",
    ],
    [
      "a shape beyond any memory",
      file(matrix("a", [0xffffffff, 0xffffffff], [1])),
      "a.mat: a: shape [4294967295, 4294967295] of 1-byte values needs 18446744065119617000 bytes, got 1",
    ],
    [
      "values that are text",
      file(element(14, [...flags(), ...dimensions(1, 1), ...name("a"), ...element(16, [65])])),
      "a.mat: a: values must be numbers, got type 16",
    ],
    [
      "a class that is none",
      file(element(14, [...flags(99), ...dimensions(1, 1), ...name("a"), ...values])),
      "a.mat: a: must be a matrix of numbers, got class 99",
    ],
  ];
  it.each(broken)("refuses %s", async (_, bytes, message) => {
    const read = async () => (await readMat(bytes, "a.mat")).read("a");
    await expect(read()).rejects.toThrow(FormatError);
    await expect(read()).rejects.toThrow(expect.objectContaining({ message }));
  });

  it("says which variable is not there", async () => {
    const mat = await readMat(file(good), "a.mat");
    expect(() => mat.read("b")).toThrow(
      new FormatError("a.mat", "must hold the variable b, got no such variable"),
    );
  });

  it.each(["exercise.mat", "exercise-plain.mat", "classes.mat"])(
    "ends in matrices or a FormatError, whatever happened to %s",
    async (source) => {
      const whole = readFileSync(arrayFixture(source));
      await fc.assert(
        fc.asyncProperty(damaged(whole), async (bytes) => {
          try {
            const mat = await readMat(bytes, source);
            for (const variable of mat.names) mat.read(variable);
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
          }
        }),
        { numRuns: 500 },
      );
    },
  );
});
