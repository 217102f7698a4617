import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { idxFile } from "../../test/idx-file.js";
import { FormatError } from "../base/index.js";
import { parseIdx } from "./idx.js";

describe("parseIdx", () => {
  it("reads arrays of any rank, in the order of the file", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 5 }), (shape) => {
        const size = shape.reduce((product, length) => product * length, 1);
        const values = Array.from({ length: size }, (_, i) => (7 * i) % 256);
        const array = parseIdx(idxFile(shape, values), "file");
        expect(array.shape).toEqual(shape);
        expect([...array.data]).toEqual(values);
      }),
    );
  });

  it("views the bytes it is given", () => {
    const bytes = idxFile([2], [1, 2]);
    const { data } = parseIdx(bytes, "file");
    bytes[bytes.length - 1] = 9;
    expect([...data]).toEqual([1, 9]);
  });

  it("finds its bytes wherever they lie in their buffer", () => {
    const file = idxFile([2], [5, 6]);
    const buffer = new Uint8Array(file.length + 3);
    buffer.set(file, 3);
    expect([...parseIdx(buffer.subarray(3), "file").data]).toEqual([5, 6]);
  });

  it.each([
    [
      "other files",
      [0x50, 0x4b, 3, 4],
      "must start with 00 00 08, got 504b0304; is it an IDX file?",
    ],
    ["unknown types", [0, 0, 7, 0], "must start with 00 00 08, got 00000700; is it an IDX file?"],
    ["floats", [0, 0, 0x0d, 0], "must hold unsigned bytes (type 08), got 32-bit floats"],
    ["an empty file", [], "the IDX header needs 4 bytes, got 0; the file is cut short"],
    ["a cut header", [0, 0, 8, 1, 0], "dimension 0 needs 4 bytes, got 1; the file is cut short"],
    [
      "missing values",
      [0, 0, 8, 1, 0, 0, 0, 3, 1, 2],
      "shape [3] needs 3 values, got 2; the file is cut short",
    ],
    ["trailing values", [0, 0, 8, 1, 0, 0, 0, 1, 1, 2], "shape [1] needs 1 values, got 2"],
  ])("refuses %s, naming the file", (_, bytes, problem) => {
    expect(() => parseIdx(Uint8Array.from(bytes), "digits.idx")).toThrow(FormatError);
    expect(() => parseIdx(Uint8Array.from(bytes), "digits.idx")).toThrow(
      new RegExp(`^digits\\.idx: .*${problem.replace(/[[\]().?]/g, "\\$&")}$`),
    );
  });

  it("allocates nothing for sizes that are only declared", () => {
    const bytes = Uint8Array.from([0, 0, 8, 255, ...new Array(255 * 4).fill(0xff)]);
    expect(() => parseIdx(bytes, "huge")).toThrow("the file is cut short");
  });

  it("answers any bytes with an array or a FormatError", () => {
    const header = fc.tuple(fc.constant(0), fc.constant(0), fc.constant(8), fc.nat({ max: 4 }));
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      fc
        .tuple(header, fc.array(fc.constantFrom(0, 0, 0, 1, 2, 255), { maxLength: 40 }))
        .map(([start, rest]) => Uint8Array.from([...start, ...rest])),
    );
    fc.assert(
      fc.property(bytes, (input) => {
        try {
          const { shape, data } = parseIdx(input, "fuzz");
          expect(data.length).toBe(shape.reduce((product, length) => product * length, 1));
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
