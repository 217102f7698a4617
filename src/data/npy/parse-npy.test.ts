import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrayFixture, damaged, fixturePixels } from "../../../test/array-fixtures.js";
import { FormatError } from "../../base/index.js";
import { byteSource } from "../zip.js";
import { parseNpy } from "./parse-npy.js";
import { openNpz } from "./read-npz.js";

const typesNpz = byteSource(readFileSync(arrayFixture("types.npz")), "types.npz");

/** An npy file of version 1 with any header and content. */
function npy(header: string, content: readonly number[] = [], { version = 1 } = {}): Uint8Array {
  const text = new TextEncoder().encode(header);
  const length = version === 1 ? [text.length & 255, text.length >> 8] : [text.length, 0, 0, 0];
  return Uint8Array.of(
    0x93,
    ...new TextEncoder().encode("NUMPY"),
    version,
    0,
    ...length,
    ...text,
    ...content,
  );
}
const bytes = (shape: string, descr = "|u1") =>
  `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }\n`;

describe("parseNpy", () => {
  const kinds = ["b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f4", "f8"];
  const cases = kinds.flatMap((kind) =>
    ["little", "big"].flatMap((order) => ["C", "F"].map((layout) => [order, kind, layout])),
  );

  it.each(cases)(
    "reads %s-endian %s in %s order as NumPy wrote it",
    async (order, kind, layout) => {
      const npz = await openNpz(typesNpz);
      const { shape, data } = await npz.read(`${order}-${kind}-${layout}`);
      const expected = Array.from({ length: 24 }, (_, i) => {
        if (kind === "b1") return i === 0 ? 0 : 1;
        return kind!.startsWith("u") ? i : 5 * i - 20;
      });
      expect({ shape, data: [...data] }).toEqual({ shape: [2, 3, 4], data: expected });
    },
  );

  it.each([1, 2, 3])("reads version %s", async (version) => {
    const { shape, data } = await (await openNpz(typesNpz)).read(`version-${version}`);
    expect({ shape, data: [...data] }).toEqual({ shape: [3, 2], data: fixturePixels(6) });
  });

  it("reads a single number and an empty array", async () => {
    const npz = await openNpz(typesNpz);
    expect(await npz.read("scalar")).toEqual({ shape: [], data: Float64Array.of(7.5) });
    expect(await npz.read("empty")).toEqual({ shape: [0, 28, 28], data: new Uint8Array() });
  });

  it("views values where it can, instead of copying them", () => {
    const file = npy(bytes("(2, 2)"), [1, 2, 3, 4]);
    const { data } = parseNpy(file, "a.npy");
    expect(data.buffer).toBe(file.buffer);
  });

  it("takes keys in any order, double quotes and what NumPy 1 wrote for long integers aside", () => {
    const header = `{"shape": (3,), "descr": '|u1', "fortran_order": False}`;
    expect(parseNpy(npy(header, [5, 6, 7]), "a.npy").data).toEqual(Uint8Array.of(5, 6, 7));
  });

  const broken: [string, Uint8Array, string][] = [
    ["nothing", new Uint8Array(), "the npy signature needs 6 bytes, got 0; the file is cut short"],
    [
      "another file",
      new TextEncoder().encode("PK\x03\x04 and so on"),
      "an npy file must start with 93 4e 55 4d 50 59, got 50 4b 03 04 20 61; is it an npy file?",
    ],
    [
      "a version of the future",
      npy(bytes("(0,)"), [], { version: 4 }),
      "the npy version must be 1, 2 or 3, got 4",
    ],
    [
      "the signature alone",
      npy("").subarray(0, 6),
      "the version needs 1 bytes, got 0; the file is cut short",
    ],
    [
      "a header length cut off",
      npy("").subarray(0, 9),
      "the length of the header needs 2 bytes, got 1; the file is cut short",
    ],
    [
      "a header cut off",
      npy(bytes("(4,)")).subarray(0, 30),
      "the header needs 58 bytes, got 20; the file is cut short",
    ],
    [
      "a header longer than any",
      Uint8Array.of(...npy("", [], { version: 2 }).subarray(0, 8), 0xff, 0xff, 0xff, 0xff),
      "the length of the header must be an integer from 0 to 65536, got 4294967295",
    ],
    ["a header that is none", npy("[1, 2, 3]"), 'the header must be a dictionary, got "[1, 2, 3]"'],
    [
      "no type",
      npy("{'fortran_order': False, 'shape': (1,)}", [1]),
      `the header must tell descr, got "{'fortran_order': False, 'shape': (1,)}"`,
    ],
    [
      "no order",
      npy("{'descr': '|u1', 'shape': (1,)}", [1]),
      `the header must tell fortran_order, got "{'descr': '|u1', 'shape': (1,)}"`,
    ],
    [
      "a shape with a negative size",
      npy(bytes("(-1,)"), [1]),
      `the header must tell shape, got "{'descr': '|u1', 'fortran_order': False, 'shape': (-1,), }"`,
    ],
    [
      "records",
      npy("{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1,)}"),
      "must be an array of numbers, got records with named fields",
    ],
    [
      "complex numbers",
      npy(bytes("(1,)", "<c16"), new Array(16).fill(0)),
      "must hold whole numbers, floats or truth values, got the type '<c16'",
    ],
    [
      "pickled objects",
      npy(bytes("(1,)", "|O"), [0]),
      "must hold whole numbers, floats or truth values, got the type '|O'",
    ],
    [
      "values cut off",
      npy(bytes("(2, 3)", "<f4"), [0, 0, 0]),
      "shape [2, 3] of 4-byte values needs 24 bytes, got 3; the file is cut short",
    ],
    [
      "values to spare",
      npy(bytes("(2,)"), [1, 2, 3]),
      "shape [2] of 1-byte values needs 2 bytes, got 3",
    ],
    [
      "a size beyond any memory",
      npy(bytes("(99999999999, 99999999999, 99999999999)", "<f8"), [1]),
      "shape [99999999999, 99999999999, 99999999999] of 8-byte values needs 7.99999999976e+33 bytes, got 1; the file is cut short",
    ],
    [
      "a size that is no number",
      npy(bytes(`(${"9".repeat(400)}, 0)`), []),
      "shape [Infinity, 0] of 1-byte values needs NaN bytes, got 0",
    ],
    [
      "more dimensions than make sense",
      npy(bytes("(1, 1, 1, 1, 1, 1, 1, 1, 1)"), [1]),
      "must have at most 8 dimensions, got 9",
    ],
    [
      "an integer that no double holds",
      npy(bytes("(2,)", "<i8"), [...[1, 0, 0, 0, 0, 0, 0, 0], ...[1, 0, 0, 0, 0, 0, 0, 64]]),
      "value 1 must be exact as a double, at most 2^53 - 1 either way, got about 4611686018427388000",
    ],
  ];
  it.each(broken)("refuses %s", (_, file, problem) => {
    expect(() => parseNpy(file, "a.npy")).toThrow(new FormatError("a.npy", problem));
  });

  it("ends in an array or a FormatError, whatever happened to the file", () => {
    const whole = npy(
      bytes("(2, 3)", "<i4"),
      Array.from({ length: 24 }, (_, i) => i),
    );
    fc.assert(
      fc.property(damaged(whole), (file) => {
        try {
          parseNpy(file, "a.npy");
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("openNpz", () => {
  it.each(["keras.npz", "keras-packed.npz"])("reads %s", async (name) => {
    const npz = await openNpz(byteSource(readFileSync(arrayFixture(name)), name));
    expect(npz.names).toEqual(["x_train", "y_train", "x_test", "y_test"]);
    const { shape, data } = await npz.read("x_test");
    expect({ shape, data: [...data] }).toEqual({ shape: [5, 4, 4], data: fixturePixels(80) });
  });

  it.each([
    ["records", "must be an array of numbers, got records with named fields"],
    ["complex", "must hold whole numbers, floats or truth values, got the type '<c16'"],
    ["text", "must hold whole numbers, floats or truth values, got the type '<U3'"],
    ["half", "must hold whole numbers, floats or truth values, got the type '<f2'"],
  ])("refuses an array of %s", async (name, problem) => {
    const npz = await openNpz(byteSource(readFileSync(arrayFixture("others.npz")), "a.npz"));
    await expect(npz.read(name)).rejects.toThrow(new FormatError(`a.npz: ${name}.npy`, problem));
  });

  it("ends in arrays or a FormatError, whatever happened to the file", async () => {
    const whole = readFileSync(arrayFixture("keras-packed.npz"));
    await fc.assert(
      fc.asyncProperty(damaged(whole), async (file) => {
        try {
          const npz = await openNpz(byteSource(file, "a.npz"));
          for (const name of npz.names) await npz.read(name);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
