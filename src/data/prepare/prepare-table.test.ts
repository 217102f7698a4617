import { describe, expect, it } from "vitest";
import { DataError, type TablePreparation } from "../../base/index.js";
import { subset } from "../sample-set.js";
import { labelTable } from "../table/label-table.js";
import { readTable } from "../table/read-table.js";
import type { Table } from "../table/table.js";
import { parseSteps, type TableRequest } from "./parse-steps.js";
import { fitPreparation, prepareTable } from "./prepare-table.js";

async function table(text: string): Promise<Table> {
  const raw = await readTable([new TextEncoder().encode(text)], "t.csv");
  return labelTable(raw) as Table;
}

function steps(...texts: string[]): TableRequest[] {
  return parseSteps(texts) as TableRequest[];
}

/** A table of texts, all alike. */
function tableOf(names: readonly string[], count: number): Table {
  const values = new Array<string>(count).fill("c0");
  return {
    count,
    columns: names.map((name) => ({ name, type: "text", values })),
    labels: new Int32Array(count),
    classes: ["x", "y"],
    label: "label",
    source: "t.csv",
    rowNumbers: Int32Array.from(values, (_, row) => row + 2),
  };
}

/** The rows of features that a preparation fitted on the table makes of it. */
async function prepared(text: string, ...texts: string[]) {
  const given = await table(text);
  const { set, notes } = prepareTable(given, fitPreparation(given, steps(...texts)));
  const size = set.features.length;
  const rows = Array.from({ length: set.count }, (_, row) =>
    Array.from(set.values.subarray(row * size, (row + 1) * size)),
  );
  return { features: set.features, rows, labels: [...set.labels], notes };
}

describe("fitPreparation and prepareTable", () => {
  it("take numbers as they are where no step is asked for", async () => {
    const { features, rows, labels } = await prepared("label,a,b\nx,1,2\ny,3,4.5\n");
    expect(features).toEqual(["a", "b"]);
    expect(rows).toEqual([
      [1, 2],
      [3, 4.5],
    ]);
    expect(labels).toEqual([0, 1]);
  });

  const gaps = "label,a,c\nx,1,red\ny,,blue\nx,3,\ny,8,red\n";

  it.each([
    ["missing:mean", [[1], [4], [3], [8]]],
    ["missing:median", [[1], [3], [3], [8]]],
    ["missing:constant=-1", [[1], [-1], [3], [8]]],
  ])("fill numbers by %s", async (step, expected) => {
    const { rows, notes } = await prepared(gaps, "ignore:c", step);
    expect(rows).toEqual(expected);
    expect(notes).toEqual({
      rows: 4,
      dropped: 0,
      missing: [{ column: "a", count: 1 }],
      unseen: [],
    });
  });

  it("fill texts by the most frequent, or by the constant, counted by column", async () => {
    const median = await prepared(gaps, "missing:median", "ordinal");
    expect(median.rows.map(([, colour]) => colour)).toEqual([1, 0, 1, 1]);
    expect(median.notes.missing).toEqual([
      { column: "a", count: 1 },
      { column: "c", count: 1 },
    ]);
    const constant = await prepared(gaps, "missing:constant=0", "oneHot");
    expect(constant.features).toEqual(["a", "c=0", "c=blue", "c=red"]);
    expect(constant.rows[2]).toEqual([3, 1, 0, 0]);
  });

  it("leave rows with gaps out, their labels too", async () => {
    const { rows, labels, notes } = await prepared(gaps, "missing:drop", "ordinal");
    expect(rows).toEqual([
      [1, 0],
      [8, 0],
    ]);
    expect(labels).toEqual([0, 1]);
    expect(notes.dropped).toBe(2);
  });

  it("make columns of 0 and 1 of categories, sorted, those that are named alone", async () => {
    const text = "label,size,colour\nx,M,red\ny,10,blue\nx,9,red\n";
    const both = await prepared(text, "ordinal:size", "oneHot");
    expect(both.features).toEqual(["size", "colour=blue", "colour=red"]);
    expect(both.rows).toEqual([
      [2, 0, 1],
      [1, 1, 0],
      [0, 0, 1],
    ]);
  });

  it("take numbers for categories where they are named", async () => {
    const text = "label,grade,age\nx,2,7\ny,10,8\nx,2.0,9\n";
    const { features, rows } = await prepared(text, "oneHot:grade");
    expect(features).toEqual(["grade=2", "grade=10", "age"]);
    expect(rows).toEqual([
      [1, 0, 7],
      [0, 1, 8],
      [1, 0, 9],
    ]);
  });

  it("scale numbers to 0 to 1, and leave flags alone", async () => {
    const { rows } = await prepared("label,a,c\nx,2,r\ny,4,b\nx,10,r\n", "oneHot", "minMax");
    expect(rows).toEqual([
      [0, 0, 1],
      [0.25, 1, 0],
      [1, 0, 1],
    ]);
  });

  it("scale numbers to mean 0 and deviation 1; what never changes becomes 0", async () => {
    const { rows } = await prepared("label,a,b\nx,1,7\ny,3,7\nx,5,7\n", "zScore");
    const side = Math.fround(Math.sqrt(1.5));
    expect(rows).toEqual([
      [-side, 0],
      [0, 0],
      [side, 0],
    ]);
  });

  it("learn from the training rows alone", async () => {
    const all = await table("label,a,c\nx,1,red\ny,3,red\nx,100,blue\ny,-50,green\n");
    const train = subset(all, [0, 1]);
    const asked = steps("missing:mean", "oneHot", "minMax");
    const preparation = fitPreparation(train, asked);
    expect(preparation).toEqual(fitPreparation(train, asked));
    expect(preparation.steps).toEqual([
      {
        type: "missing",
        fill: "mean",
        columns: [
          { name: "a", value: 2 },
          { name: "c", value: "red" },
        ],
      },
      { type: "oneHot", columns: [{ name: "c", categories: ["red"] }] },
      { type: "minMax", columns: [{ name: "a", low: 1, high: 3 }] },
    ]);
    const { set, notes } = prepareTable(subset(all, [2, 3]), preparation);
    // Beyond what training had: numbers go beyond 0 and 1, new categories are 0 everywhere.
    expect([...set.values]).toEqual([49.5, 0, -25.5, 0]);
    expect(notes.unseen).toEqual([{ column: "c", count: 2 }]);
  });

  it("give new categories the place -1", async () => {
    const train = await table("label,c\nx,red\ny,blue\n");
    const preparation = fitPreparation(train, steps("ordinal"));
    const { set } = prepareTable(await table("label,c\nx,violet\ny,red\n"), preparation);
    expect([...set.values]).toEqual([-1, 1]);
  });

  it("do the same to every row, whatever rows come with it and in whichever order", async () => {
    const text = (rows: string[]) => `label,a,c,b\n${rows.join("\n")}`;
    const rows = ["x,1,red,3", "y,,blue,4", "x,7,,5", "y,2,red,", "x,3,blue,9"];
    const whole = await table(text(rows));
    const preparation = fitPreparation(whole, steps("missing:median", "oneHot", "zScore"));
    const { set } = prepareTable(whole, JSON.parse(JSON.stringify(preparation)));
    const size = set.features.length;
    for (const [index, row] of rows.entries()) {
      // A column that is all missing, or all numbers, is read as what training had.
      const other = await table(text([row, row.replace(/^./, row[0] === "x" ? "y" : "x")]));
      const alone = prepareTable(other, preparation).set.values.subarray(0, size);
      expect(alone).toEqual(set.values.subarray(index * size, (index + 1) * size));
    }
  });

  it("find columns by name, in any order, others among them", async () => {
    const train = await table("label,a,b\nx,1,2\ny,3,4\n");
    const preparation = fitPreparation(train, []);
    const { set } = prepareTable(await table("b,new,label,a\n20,9,x,10\n40,9,y,30\n"), preparation);
    expect([...set.values]).toEqual([10, 20, 30, 40]);
  });

  it.each<[string, string, string[], string]>([
    [
      "texts at the end",
      "label,a\nx,red\ny,blue\n",
      [],
      't.csv: row 2, column a: must be a number by now, got "red"; add oneHot or ordinal to --prepare, or ignore:a',
    ],
    [
      "a text among numbers, which is told, not the number before it",
      "label,a\nx,1\ny,\nx,two\ny,3\n",
      [],
      't.csv: row 4, column a: must be a number by now, got "two"; add oneHot or ordinal to --prepare, or ignore:a',
    ],
    [
      "gaps at the end",
      "label,a\nx,1\ny,\n",
      ["zScore"],
      "t.csv: row 3, column a: a value must be given, got nothing; say how it is filled in training: --prepare missing:median",
    ],
    [
      "a number beyond float32",
      "label,a\nx,1e300\ny,1\n",
      [],
      "t.csv: row 2, column a: must be a number of float32, got 1e+300; add minMax or zScore to --prepare",
    ],
    [
      "no column left",
      "label,a\nx,1\ny,2\n",
      ["ignore:a"],
      "prepare: must leave columns, got none",
    ],
    [
      "no row left",
      "label,a,b\nx,1,\ny,,2\n",
      ["missing:drop"],
      "prepare: must leave rows of t.csv, got none",
    ],
    [
      "a column that is not there",
      "label,age\nx,1\ny,2\n",
      ["ignore:ages"],
      'prepare: ignore must name one of the columns age, got "ages"; did you mean age?',
    ],
    [
      "flags taken for categories",
      "label,a\nx,r\ny,g\n",
      ["oneHot", "ordinal:a=r"],
      'prepare: ordinal must be of columns of texts or numbers, got "a=r" of flags',
    ],
    [
      "texts to be scaled",
      "label,a\nx,r\ny,g\n",
      ["zScore:a"],
      'prepare: zScore must be of columns of numbers, got "a" of texts',
    ],
    [
      "a filling of another type",
      "label,a\nx,1\ny,\n",
      ["missing:constant=none"],
      'prepare: missing:constant must be a number for the column a, got "none"',
    ],
    [
      "a column without values",
      "label,a\nx,\ny,\n",
      ["missing:mean"],
      "prepare: column a must have values to fill its gaps by, got none; leave it out with ignore:a",
    ],
    [
      "a column of names",
      `label,a\n${Array.from({ length: 1025 }, (_, i) => `${i % 2},n${i}`).join("\n")}`,
      ["oneHot"],
      "prepare: column a must have at most 1024 categories, got 1025; leave it out with ignore:a",
    ],
    [
      "columns that come to the same name",
      "label,a,a=r\nx,r,1\ny,g,2\n",
      ["oneHot"],
      'prepare: columns must differ in name, got "a=r" twice',
    ],
    [
      "a spread beyond all numbers",
      "label,a\nx,1e200\ny,-1e200\n",
      ["zScore"],
      "prepare: values of column a must be small enough to be scaled, got a spread of Infinity; leave it out with ignore:a",
    ],
  ])("refuse %s", async (_name, text, texts, message) => {
    const given = await table(text);
    expect(() => fitPreparation(given, steps(...texts))).toThrow(new DataError(message));
  });

  it("take a column of one value for such, though its mean is rounded", async () => {
    const train = await table(`label,a\n${"x,0.1\ny,0.1\n".repeat(50)}`);
    const preparation = fitPreparation(train, steps("zScore"));
    expect(preparation.steps).toEqual([
      { type: "zScore", columns: [{ name: "a", mean: 0.1, deviation: 0 }] },
    ]);
    const { set } = prepareTable(await table("label,a\nx,0.1\ny,0.2\n"), preparation);
    expect([...set.values]).toEqual([0, 0]);
  });

  it("refuse a table that columns of categories would make too large, before it is made", async () => {
    const categories = Array.from({ length: 1024 }, (_, i) => `c${i}`);
    const columns = Array.from({ length: 64 }, (_, i) => ({ name: `a${i}`, categories }));
    const given = tableOf(
      columns.map(({ name }) => name),
      2000,
    );
    const preparation: TablePreparation = {
      label: "label",
      columns: columns.map(({ name }) => ({ name, type: "text" })),
      steps: [{ type: "oneHot", columns }],
    };
    expect(() => prepareTable(given, preparation)).toThrow(
      new DataError(
        "prepare: a table must have at most 65536 features and 67108864 numbers, got 65536 features of 2000 rows",
      ),
    );
  });

  it("do without a column in use that is ignored anyway", async () => {
    const train = await table("label,id,a\nx,1,2\ny,3,4\n");
    const preparation = fitPreparation(train, steps("missing:mean", "ignore:id"));
    const { set } = prepareTable(await table("label,a\nx,9\ny,\n"), preparation);
    expect([...set.values]).toEqual([9, 3]);
  });

  it("refuse in use a column that is absent, or texts where training had numbers", async () => {
    const preparation = fitPreparation(await table("label,a,b\nx,1,2\ny,3,4\n"), []);
    const absent = await table("label,a,c\nx,1,2\ny,3,4\n");
    expect(() => prepareTable(absent, preparation)).toThrow(
      new DataError("t.csv: must have the column b, as the model's training had, got a, c"),
    );
    const texts = await table("label,a,b\nx,1,2\ny,3,four\n");
    expect(() => prepareTable(texts, preparation)).toThrow(
      new DataError('t.csv: row 3, column b: must be a number, as in training, got "four"'),
    );
  });
});
