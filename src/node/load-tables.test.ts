import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DataError, FormatError } from "../base/index.js";
import { loadDataSet } from "./load-data-set.js";
import { isImageData, loadTables } from "./load-tables.js";

let folder: string;
const iris = "sepal,species\n5.1,setosa\n7,versicolor\n";

/** Images of 8×8 in Kaggle's layout, the n-th all n. */
function pixels(labels: readonly string[]): string {
  const names = Array.from({ length: 64 }, (_, i) => `pixel${i}`);
  const rows = labels.map((label, n) => [label, ...new Array(64).fill(n)].join(","));
  return [["label", ...names].join(","), ...rows, ""].join("\n");
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-tables-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, text: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const path = await mkdtemp(join(folder, "set-"));
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
  return path;
}

describe("loadTables", () => {
  it("loads a table with its digest; it serves as training and test set alike", async () => {
    const set = await loadTables(await file("iris.csv", iris), { label: "species" });
    expect(set?.name).toBe("iris");
    expect(set?.train.classes).toEqual(["setosa", "versicolor"]);
    expect(set?.test).toBe(set?.train);
    const sha256 = createHash("sha256").update(iris).digest("hex");
    expect(set?.files).toEqual([{ name: expect.stringMatching(/\/iris\.csv$/), sha256 }]);
  });

  it("loads images from a table packed by gzip", async () => {
    const path = await file("digits.csv.gz", gzipSync(pixels(["3", "5", "3"])));
    const set = await loadTables(path);
    if (set === undefined || !isImageData(set)) throw new Error("must be images");
    expect(set.name).toBe("digits");
    expect([set.train.count, set.train.height, set.train.width]).toEqual([3, 8, 8]);
    expect(set.framing).toBe("mnist");
    expect(await loadDataSet(path)).toEqual(set);
  });

  it("loads a folder with a part for training and one for testing, of the same classes", async () => {
    const path = await folderOf({ "train.csv": iris, "test.csv": "sepal,species\n6,versicolor\n" });
    const set = await loadTables(path, { label: "species" });
    expect([set?.train.count, set?.test?.count]).toEqual([2, 1]);
    expect([...(set?.test?.labels ?? [])]).toEqual([1]);
    expect(set?.files).toHaveLength(2);
  });

  it("leaves out a test.csv without labels, as Kaggle's is, and says so", async () => {
    const unlabelled = pixels(["3", "5"]).replaceAll(/^[^,]*,/gm, "");
    const path = await folderOf({ "train.csv": pixels(["3", "5"]), "test.csv": unlabelled });
    const set = await loadTables(path);
    expect(set?.test).toBeUndefined();
    expect(set?.notes).toEqual([
      "test.csv has no labels: it can be neither trained on nor measured",
    ]);
    await expect(loadTables(join(path, "test.csv"))).rejects.toThrow(
      /test\.csv: must have a column label of labels, got pixel0, .* and 58 more; name the column that holds them with --label$/,
    );
  });

  it("takes all rows for data where the label is a number, and where a model remembers it so", async () => {
    const path = await file("mushrooms.csv", "p,x,s\ne,x,s\np,b,s\n");
    for (const label of ["1", "column 1"]) {
      const set = await loadTables(path, { label });
      expect(set?.train.classes).toEqual(["e", "p"]);
      expect(set?.train.count).toBe(3);
    }
  });

  it("passes over what is no table", async () => {
    expect(await loadTables(join(folder, "absent.csv"))).toBeUndefined();
    expect(await loadTables(await folderOf({ "notes.txt": "a" }))).toBeUndefined();
  });

  it("names the file that is broken, and a test part with a label that training lacks", async () => {
    const broken = await file("broken.csv", "label,a\nx,1\ny\n");
    await expect(loadTables(broken)).rejects.toThrow(
      new FormatError(broken, "row 3: must have 2 fields like the first row, got 1"),
    );
    const path = await folderOf({
      "train.csv": iris,
      "test.csv": iris.replace("setosa", "virginica"),
    });
    await expect(loadTables(path, { label: "species" })).rejects.toThrow(
      'row 2, column 2 (species): a label must be one of setosa, versicolor, got "virginica"',
    );
  });
});

describe("loadDataSet", () => {
  it("takes tables of pixels only", async () => {
    const path = await file("iris.tsv", iris.replaceAll(",", "\t"));
    await expect(loadDataSet(path, { label: "species" })).rejects.toThrow(
      new DataError(
        `${path}: must be a table of pixels, as many as a square has, whole from 0 to 255, got species and sepal; such tables are for \`inkling train\` and \`inkling evaluate\``,
      ),
    );
  });
});
