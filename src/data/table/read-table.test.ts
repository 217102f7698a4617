import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError } from "../../base/index.js";
import { readTable } from "./read-table.js";
import { type RawTable, TableBuilder } from "./table-builder.js";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function read(text: string): Promise<RawTable> {
  return readTable([bytes(text)], "t.csv");
}

/** Cells row by row: a number, a text, or `null` where nothing is given. */
function cellsOf({ count, names, numbers, texts }: RawTable): (number | string | null)[][] {
  return Array.from({ length: count }, (_, row) =>
    names.map((_name, column) => {
      const number = numbers[row * names.length + column]!;
      return texts.get(column)?.get(row) ?? (Number.isNaN(number) ? null : number);
    }),
  );
}

describe("TableBuilder", () => {
  it("refuses more cells of texts than its budget has room for", () => {
    const builder = new TableBuilder("t.csv", { maxTextCells: 3 });
    builder.push(bytes("a,b\nx,1\ny,2\nx,3\n"));
    expect(() => builder.push(bytes("x,4\n"))).toThrow(
      new FormatError(
        "t.csv",
        "row 5, column 1 (a): a table must have at most 3 cells of texts, got more",
      ),
    );
  });
});

describe("readTable", () => {
  it("reads a header, numbers, texts and gaps", async () => {
    const table = await read("age,colour\n3,red\n4.5,\nNA,blue\n");
    expect(table.names).toEqual(["age", "colour"]);
    expect(table.hasHeader).toBe(true);
    expect(cellsOf(table)).toEqual([
      [3, "red"],
      [4.5, null],
      [null, "blue"],
    ]);
    expect([...table.rowNumbers]).toEqual([2, 3, 4]);
  });

  it("takes the first row for data if a number stands in it", async () => {
    const table = await read("5.1,setosa\n4.9,setosa");
    expect(table.hasHeader).toBe(false);
    expect(table.names).toEqual(["column 1", "column 2"]);
    expect(cellsOf(table)).toEqual([
      [5.1, "setosa"],
      [4.9, "setosa"],
    ]);
  });

  it("takes a first row of texts for data where it is known to be", async () => {
    const file = bytes("p,x\ne,x\n");
    const table = await readTable([file], "t.csv", { mayHaveHeader: false });
    expect(table.names).toEqual(["column 1", "column 2"]);
    expect(cellsOf(table)).toEqual([
      ["p", "x"],
      ["e", "x"],
    ]);
  });

  it.each([
    ["LF", "a,b\n1,2\n3,4\n"],
    ["CR LF", "a,b\r\n1,2\r\n3,4\r\n"],
    ["CR", "a,b\r1,2\r3,4\r"],
    ["no end of the last row", "a,b\n1,2\n3,4"],
    ["a byte-order mark", "\ufeffa,b\n1,2\n3,4\n"],
    ["tabs", "a\tb\n1\t2\n3\t4\n"],
    ["semicolons", "a;b\n1;2\n3;4\n"],
    ["quotes", '"a","b"\n"1","2"\n3,"4"'],
    ["spaces around fields", " a , b \n 1 , 2\n3 ,4 \n"],
    ["empty lines", "\na,b\n\n1,2\n\r\n3,4\n\n"],
  ])("knows %s", async (_name, text) => {
    const table = await read(text);
    expect(table.names).toEqual(["a", "b"]);
    expect(cellsOf(table)).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it("keeps separators, quotes, line ends and spaces of quoted fields", async () => {
    const table = await read('a,b\n"x, ""y""\r\nz"," w "\n');
    expect(cellsOf(table)).toEqual([['x, "y"\r\nz', " w "]]);
  });

  it("reads a decimal comma where semicolons separate", async () => {
    const table = await read("a;b\n1,5;-0,25\n2.5;1,5e2\n");
    expect(cellsOf(table)).toEqual([
      [1.5, -0.25],
      [2.5, 150],
    ]);
  });

  it.each(["", "?", "NA", "n/a", "NaN", "null", "None", '""'])(
    "takes %j for missing",
    async (gap) => {
      expect(cellsOf(await read(`a,b\n1,${gap}\n`))).toEqual([[1, null]]);
    },
  );

  it("counts rows as a spreadsheet shows them, empty ones too", async () => {
    const { rowNumbers } = await read("a,b\n\n1,2\n\n\n3,4\n");
    expect([...rowNumbers]).toEqual([3, 6]);
  });

  it("ends a row with an empty field where the file ends in a separator", async () => {
    expect(cellsOf(await read("a,b\n1,"))).toEqual([[1, null]]);
  });

  it("keeps bytes as bytes, and widens at the first number that is none", async () => {
    const grey = await read("a,b\n0,255\n7,8\n");
    expect(grey.numbers).toEqual(Uint8Array.of(0, 255, 7, 8));
    const wide = await read("a,b\n0,255\n7,256\n");
    expect(wide.numbers).toEqual(Float64Array.of(0, 255, 7, 256));
    const gap = await read("a,b\n0,255\n,8\n");
    expect(gap.numbers).toEqual(Float64Array.of(0, 255, Number.NaN, 8));
  });

  it("reads more rows than it had room for at first", async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `${i % 256},${i}`);
    const table = await read(`a,b\n${rows.join("\n")}`);
    expect(table.count).toBe(3000);
    expect(table.numbers[2 * 2999 + 1]).toBe(2999);
  });

  it("unpacks gzip", async () => {
    const packed = new Blob(["a,b\n1,2\n"]).stream().pipeThrough(new CompressionStream("gzip"));
    const whole = new Uint8Array(await new Response(packed).arrayBuffer());
    const halves = [whole.subarray(0, 11), whole.subarray(11)];
    expect(cellsOf(await readTable(halves, "t.csv.gz"))).toEqual([[1, 2]]);
    await expect(readTable([whole.subarray(0, 20)], "t.csv.gz")).rejects.toThrow(
      /^t\.csv\.gz: must be whole gzip data, got damage: .*; it is cut short or broken$/,
    );
  });

  it("knows a gzip file whose first byte comes alone", async () => {
    const packed = new Blob(["a,b\n1,2\n"]).stream().pipeThrough(new CompressionStream("gzip"));
    const file = new Uint8Array(await new Response(packed).arrayBuffer());
    const table = await readTable([file.subarray(0, 1), file.subarray(1)], "t.csv.gz");
    expect(cellsOf(table)).toEqual([[1, 2]]);
  });

  it("reads numbers as JavaScript does, whatever their form", async () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.integer().map(String),
      fc
        .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: 0, max: 9 }))
        .map(([digits, decimals]) => `${digits}.${"123456789".slice(0, decimals)}`),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(number, { minLength: 1, maxLength: 20 }), async (texts) => {
        const { numbers } = await read(`a,b\n${texts.map((text) => `${text},x`).join("\n")}`);
        texts.forEach((text, row) => {
          expect(numbers[2 * row]).toBe(Number(text) + 0);
        });
      }),
    );
  });

  it("reads what was written by RFC 4180, cut into chunks anywhere", async () => {
    const field = fc
      .string({ unit: "grapheme", maxLength: 12 })
      .map((text) => `x${text}"`)
      .filter((text) => !text.includes("\0"));
    const rows = fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 8 });
    const cuts = fc.array(fc.nat(200), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(rows, cuts, fc.constantFrom("\n", "\r\n"), async (table, at, end) => {
        const quoted = table.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`));
        const file = bytes([["a", "b"], ...quoted].map((row) => row.join(",")).join(end));
        const places = [0, ...at.sort((a, b) => a - b), file.length];
        const chunks = places.slice(1).map((place, i) => file.subarray(places[i], place));
        expect(cellsOf(await readTable(chunks, "t.csv"))).toEqual(table);
      }),
    );
  });
});
