import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError, Random, type TablePreparation } from "../../base/index.js";
import { dense, flatten, model } from "../model.js";
import { initialWeights } from "../weights.js";
import {
  decodeAnyModelFile,
  decodeModelFile,
  encodeModelFile,
  type ModelFile,
  type TableModelFile,
} from "./model-file.js";
import { mnistFraming } from "./preprocessing.js";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.js";

const table: TablePreparation = {
  label: "species",
  columns: [
    { name: "id", type: "text" },
    { name: "age", type: "number" },
    { name: "colour", type: "text" },
    { name: "size", type: "text" },
  ],
  steps: [
    { type: "ignore", columns: ["id"] },
    {
      type: "missing",
      fill: "median",
      columns: [
        { name: "age", value: 2.5 },
        { name: "colour", value: "red" },
        { name: "size", value: "S" },
      ],
    },
    { type: "oneHot", columns: [{ name: "colour", categories: ["blue", "red"] }] },
    { type: "ordinal", columns: [{ name: "size", categories: ["L", "S"] }] },
    { type: "minMax", columns: [{ name: "size", low: 0, high: 1 }] },
    { type: "zScore", columns: [{ name: "age", mean: 2, deviation: 0.5 }] },
  ],
};

const common = {
  classes: ["ant", "bee"],
  reading: { temperature: 1, threshold: 0.5 },
  record: {},
};

function tableFile(): TableModelFile {
  const description = model({ input: [4], layers: [dense(2, { activation: "softmax" })] });
  const weights = initialWeights(description, new Random(1));
  return { model: description, weights, table, ...common };
}

function pictureFile(): ModelFile {
  const layers = [flatten(), dense(2, { activation: "softmax" })];
  const description = model({ input: [20, 14, 1], layers });
  return {
    model: description,
    weights: initialWeights(description, new Random(1)),
    preprocessing: { ...mnistFraming(), ink: "dark", transposed: true },
    prepare: [{ type: "invert" }, { type: "resize", width: 20, height: 14 }, { type: "transpose" }],
    ...common,
  };
}

/** The file with one part of its metadata replaced. */
function withPart(bytes: Uint8Array, name: string, part: unknown): Uint8Array {
  const { metadata, tensors } = decodeSafetensors(bytes, "m");
  const parts = new Map([...metadata, [name, JSON.stringify(part)]]);
  return encodeSafetensors({ metadata: parts, tensors });
}

describe("a model file of tables", () => {
  const bytes = encodeModelFile(tableFile());

  it("gives back what went in", () => {
    expect(decodeAnyModelFile(bytes, "m")).toEqual(tableFile());
  });

  it("is none of pictures", () => {
    expect(() => decodeModelFile(bytes, "m")).toThrow(
      new FormatError(
        "m",
        "must be a model of pictures, got one of tables of 4 columns; use it with `inkling evaluate`",
      ),
    );
  });

  const change = (index: number, step: object) => ({
    ...table,
    steps: table.steps.map((given, i) => (i === index ? step : given)),
  });

  it.each<[string, unknown, string]>([
    ["no object", 7, "table must be an object, got 7"],
    [
      "a step that is none",
      change(0, { type: "eval", columns: [] }),
      'table.steps[0].type must be "ignore", "missing", "ordinal", "oneHot", "minMax" or "zScore", got "eval"',
    ],
    [
      "a column that is not there",
      change(0, { type: "ignore", columns: ["ident"] }),
      'table.steps[0] ignore: columns must be there, got "ident"',
    ],
    [
      "a column that is there no more",
      change(5, { type: "zScore", columns: [{ name: "id", mean: 0, deviation: 1 }] }),
      'table.steps[5] zScore: columns must be there, got "id"',
    ],
    [
      "columns of one name",
      { ...table, columns: [...table.columns, { name: "age", type: "text" }] },
      "table.columns must differ in name, got one twice",
    ],
    [
      "a filling of another type",
      change(1, {
        type: "missing",
        fill: "mean",
        columns: ["age", "colour", "size"].map((name) => ({ name, value: 1 })),
      }),
      'table.steps[1] missing: "colour" must be filled by its own type',
    ],
    [
      "a column without its filling",
      change(1, { type: "missing", fill: "mean", columns: [{ name: "age", value: 1 }] }),
      "table.steps[1] missing: must have a value for every column",
    ],
    [
      "a category twice",
      change(2, { type: "oneHot", columns: [{ name: "colour", categories: ["r", "r"] }] }),
      'table.steps[2] oneHot: categories of "colour" must differ, got one twice',
    ],
    [
      "a column scaled twice",
      change(5, {
        type: "minMax",
        columns: [
          { name: "age", low: 0, high: 1 },
          { name: "age", low: 0, high: 2 },
        ],
      }),
      "table.steps[5] minMax: columns must differ in name, got one twice",
    ],
    [
      "texts that are scaled",
      { ...table, steps: [{ type: "zScore", columns: [{ name: "id", mean: 0, deviation: 1 }] }] },
      'table.steps[0] zScore: "id" must be numbers, got texts',
    ],
    [
      "a deviation below 0",
      change(5, { type: "zScore", columns: [{ name: "age", mean: 0, deviation: -1 }] }),
      "table.steps[5].columns[0].deviation must be a number from 0 to 1e+150, got -1",
    ],
    [
      "texts at the end",
      { ...table, steps: [] },
      'table.steps must make numbers of "id", got texts',
    ],
    [
      "another number of features",
      {
        ...table,
        columns: [...table.columns, { name: "new", type: "number" }],
        steps: [...table.steps.slice(0, 1), ...table.steps.slice(2)],
      },
      "table makes [5], the model takes [4]",
    ],
    [
      "too many steps",
      { ...table, steps: new Array(33).fill({ type: "ignore", columns: [] }) },
      "table.steps must be a list of 0 to 32 elements, got 33 elements",
    ],
  ])("refuses %s", (_name, part, problem) => {
    expect(() => decodeAnyModelFile(withPart(bytes, "table", part), "m")).toThrow(
      new FormatError("m", problem),
    );
  });

  it("either reads or fails with a FormatError, whatever stands in its preparation", () => {
    fc.assert(
      fc.property(fc.nat(5), fc.jsonValue({ maxDepth: 3 }), (index, step) => {
        const changed = withPart(bytes, "table", change(index, step as object));
        try {
          decodeAnyModelFile(changed, "m");
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
    );
  });
});

describe("a model file of prepared pictures", () => {
  const bytes = encodeModelFile(pictureFile());

  it("gives back what went in", () => {
    expect(decodeModelFile(bytes, "m")).toEqual(pictureFile());
  });

  it.each<[string, unknown, string]>([
    [
      "a step that is none",
      [{ type: "rotate" }],
      'prepare[0].type must be "resize", "invert" or "transpose", got "rotate"',
    ],
    [
      "a size beyond all",
      [{ type: "resize", width: 1e9, height: 14 }],
      "prepare[0].width must be an integer from 1 to 4096, got 1000000000",
    ],
    [
      "steps that lead to another size",
      [{ type: "invert" }],
      "preprocessing makes [28, 28, channels], the model takes [20, 14, 1]",
    ],
  ])("refuses %s", (_name, part, problem) => {
    expect(() => decodeModelFile(withPart(bytes, "prepare", part), "m")).toThrow(
      new FormatError("m", problem),
    );
  });
});
