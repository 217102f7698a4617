import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DataError, FormatError } from "../../base/index.js";
import { labelTable } from "./label-table.js";
import { readTable } from "./read-table.js";

const names = Array.from({ length: 64 }, (_, i) => `pixel${i}`).join(",");
const black = new Array(64).fill(0).join(",");

/** A file of pixels whose second image has `value` in its third place. */
function withPixel(value: string): string {
  return `label,${names}\n1,${black}\n2,0,0,${value},${new Array(61).fill(0).join(",")}\n`;
}

const many = (count: number, text: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => text(i)).join("\n");

describe("readTable tells of what is no table", () => {
  it.each<[string, string | Uint8Array, string]>([
    ["an empty file", "", "must have rows, got an empty file"],
    ["empty lines alone", "\n\r\n\n", "must have rows, got an empty file"],
    ["a byte-order mark alone", "\ufeff", "must have rows, got an empty file"],
    ["a header alone", "a,b\n", "must have rows below its header, got none"],
    [
      "a row too short",
      "a,b,c\n1,2,3\n4,5\n",
      "row 3: must have 3 fields like the first row, got 2",
    ],
    [
      "a row too long",
      "a,b\n1,2\n3,4\n5,6,7\n",
      "row 4: must have 2 fields like the first row, got 3",
    ],
    [
      "a row too long after empty lines",
      "a,b\n\n\n1,2,3\n",
      "row 4: must have 2 fields like the first row, got 3",
    ],
    [
      "a quote left open",
      'a,b\n1,"red\n2,blue\n',
      "row 2, column 2 (b): a quote that is opened must be closed, got the end of the file",
    ],
    [
      "text after a closing quote",
      'a,b\n1,"red"dish\n',
      'row 2, column 2 (b): after a closing quote must come a separator or the end of the row, got "d"',
    ],
    [
      "a quote within a field",
      'a,b\n1,5" pipe\n',
      'row 2, column 2 (b): a quote must stand at the beginning of a field or be doubled, got " within',
    ],
    ["a NUL byte", "a,b\n1,\0\n", "row 2, column 2 (b): must be text, got a NUL byte"],
    ["a NUL byte in quotes", 'a,b\n"\0",1\n', "row 2, column 1 (a): must be text, got a NUL byte"],
    [
      "bytes that are not UTF-8",
      Uint8Array.of(97, 44, 98, 10, 0xe9, 44, 49, 10),
      "row 2, column 1 (a): must be UTF-8, got other bytes",
    ],
    [
      "UTF-16",
      Uint8Array.of(0xff, 0xfe, 97, 0, 44, 0),
      "must be UTF-8, got UTF-16; save it as UTF-8",
    ],
    [
      "a name that stands twice",
      "a,b,a\n1,2,3\n",
      'row 1, column 3: names of columns must differ, got "a" twice; where columns have no names, say --label with a number',
    ],
    [
      "a name too long",
      `a,${"x".repeat(201)}\n1,2\n`,
      "row 1, column 2: a name must have at most 200 characters, got 201",
    ],
    [
      "a number beyond all",
      "a,b\n1,1e999\n",
      'row 2, column 2 (b): a number must be finite, got "1e999"',
    ],
    [
      "a field too long",
      `a,b\n1,${"x".repeat(70_000)}`,
      "row 2, column 2 (b): a field must have at most 65536 bytes, got more; is a quote left open?",
    ],
    [
      "a field too long with its end in sight",
      `a,b\n1,${"x".repeat(70_000)}\n2,3\n`,
      "row 2, column 2 (b): a field must have at most 65536 bytes, got more; is a quote left open?",
    ],
    [
      "a first row without end",
      `a,${"x".repeat(2 ** 22)}`,
      "the first row must end within 4194304 bytes; is this a table?",
    ],
    [
      "too many columns",
      `${"a,".repeat(2 ** 17)}b\n1,2\n`,
      "row 1, column 131073: must have at most 131072 columns, got more",
    ],
    [
      "a pixel too bright",
      withPixel("256"),
      'row 3, column 4 (pixel2): a pixel must be a whole number from 0 to 255, got "256"',
    ],
    [
      "a pixel below 0",
      withPixel("-1"),
      'row 3, column 4 (pixel2): a pixel must be a whole number from 0 to 255, got "-1"',
    ],
    [
      "half a pixel",
      withPixel("0.5"),
      'row 3, column 4 (pixel2): a pixel must be a whole number from 0 to 255, got "0.5"',
    ],
    [
      "a pixel that is a text",
      withPixel("white"),
      'row 3, column 4 (pixel2): a pixel must be a whole number from 0 to 255, got "white"',
    ],
    [
      "a pixel that is missing",
      withPixel(""),
      "row 3, column 4 (pixel2): a pixel must be a whole number from 0 to 255, got nothing",
    ],
  ])("%s", async (_name, content, problem) => {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    // In chunks, as files come: a fault may need more than one to be seen.
    const half = Math.min(bytes.length, 66_000);
    const reading = readTable([bytes.subarray(0, half), bytes.subarray(half)], "t.csv");
    await expect(reading).rejects.toThrow(new FormatError("t.csv", problem));
  });
});

describe("readTable", () => {
  it("comes to the same, be it a table or an error, however a file is cut into chunks", async () => {
    const piece = fc.constantFrom(
      '"',
      ",",
      ";",
      "\t",
      "\n",
      "\r",
      "a",
      "1",
      "-",
      ".",
      "e9",
      " ",
      "é",
      "\0",
    );
    const outcome = async (chunks: Uint8Array[]): Promise<unknown> => {
      try {
        return await readTable(chunks, "t.csv");
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        return (error as FormatError).message;
      }
    };
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), fc.nat(60), async (pieces, place) => {
        const bytes = new TextEncoder().encode(pieces.join(""));
        const whole = await outcome([bytes]);
        expect(await outcome([bytes.subarray(0, place), bytes.subarray(place)])).toEqual(whole);
        expect(await outcome(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });
});

describe("labelTable tells of labels and columns that cannot be", () => {
  it.each<[string, string, { label?: string; classes?: string[] }, Error]>([
    [
      "no column of labels",
      "a,b\n1,x\n",
      {},
      new DataError(
        "t.csv: must have a column label of labels, got a, b; name the column that holds them with --label",
      ),
    ],
    [
      "a test file without labels",
      `${names}\n${black}\n`,
      {},
      new DataError(
        "t.csv: must have a column label of labels, got pixel0, pixel1, pixel2, pixel3, pixel4, pixel5 and 58 more; name the column that holds them with --label",
      ),
    ],
    [
      "a mistyped column",
      "species,b\nx,1\ny,2\n",
      { label: "specie" },
      new DataError(
        "t.csv: must have a column specie of labels, got species, b; did you mean species?",
      ),
    ],
    [
      "columns without names",
      "1,x\n2,y\n",
      {},
      new DataError(
        "t.csv: must have a column of labels that is known, got 2 columns without names; say which with --label 1 to --label 2",
      ),
    ],
    [
      "a label that is missing",
      "label,b\nx,1\n,2\n",
      {},
      new FormatError("t.csv", "row 3, column 1 (label): a label must be given, got nothing"),
    ],
    [
      "a label that is a measure",
      "label,b\n1,1\n2.5,2\n",
      {},
      new FormatError(
        "t.csv",
        "row 3, column 1 (label): a label must be a text or a whole number, got 2.5",
      ),
    ],
    [
      "one class only",
      "label,b\nx,1\nx,2\n",
      {},
      new FormatError(
        "t.csv",
        'column 1 (label): labels must be of at least 2 kinds, got "x" only',
      ),
    ],
    [
      "too many classes",
      `label,b\n${many(4097, (i) => `k${i},1`)}`,
      {},
      new FormatError(
        "t.csv",
        "row 4098, column 1 (label): labels must be at most 4096 different ones, got more; is this the column of labels?",
      ),
    ],
    [
      "a label that the model does not know",
      "label,b\nx,1\nz,2\n",
      { classes: ["x", "y"] },
      new FormatError("t.csv", 'row 3, column 1 (label): a label must be one of x, y, got "z"'),
    ],
    [
      "a slip in a column of numbers",
      `label,b\n${many(30, (i) => `k${i % 2},${i === 21 ? "2l" : i}`)}`,
      {},
      new FormatError("t.csv", 'row 23, column 2 (b): must be a number like the others, got "2l"'),
    ],
  ])("%s", async (_name, text, options, error) => {
    const raw = await readTable([new TextEncoder().encode(text)], "t.csv");
    expect(() => labelTable(raw, options)).toThrow(error);
  });
});
