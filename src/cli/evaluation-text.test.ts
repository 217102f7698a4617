import { describe, expect, it } from "vitest";
import { Random } from "../base/index.js";
import { type Evaluation, evaluate } from "../evaluate/index.js";
import { evaluationText } from "./evaluation-text.js";
import { styleFor } from "./terminal/style.js";

const style = styleFor({ write: () => {}, isTTY: false, columns: 80 }, {});
const letters = [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"];

/** An evaluation of `each` images a class, mostly right. */
function evaluationOf(classes: readonly string[], each: number): Evaluation {
  const random = new Random(1);
  const labels = Int32Array.from({ length: classes.length * each }, (_, i) => i % classes.length);
  const logits = new Float32Array(labels.length * classes.length).map(() => 4 * random.uniform());
  labels.forEach((label, i) => {
    logits[i * classes.length + label]! += 3;
  });
  return evaluate(logits, { labels, classes });
}

function widest(text: string): number {
  return Math.max(...text.split("\n").map((line) => [...line].length));
}

describe("evaluationText", () => {
  it("sums up before it tells of classes", () => {
    const lines = evaluationText(evaluationOf(letters.slice(0, 10), 50), { style, columns: 80 })
      .split("\n")
      .map((line) => line.split(/ {2}/)[0]);
    expect(lines.slice(1, 10)).toEqual([
      "",
      "top-k accuracy",
      "agreement",
      "ROC AUC",
      "average precision",
      "calibration",
      "coverage",
      "",
      "class",
    ]);
  });

  it("keeps within 80 columns with ten classes of thousands of images each", () => {
    const text = evaluationText(evaluationOf(letters.slice(0, 10), 6000), { style, columns: 80 });
    expect(widest(text)).toBeLessThanOrEqual(80);
    expect(text).toMatch(/^7( +·| +[\d,]+){10}$/m);
  });

  it("draws 62 classes as a map of one character a cell, and tells the most frequent mistakes", () => {
    const text = evaluationText(evaluationOf(letters, 20), { style, columns: 80 });
    expect(widest(text)).toBeLessThanOrEqual(80);
    expect(text).toContain(`\n   ${letters.join("")}\n`);
    expect(text).toMatch(/^A {2}.{10}[\d■]/m);
    expect(text).toMatch(/\nis +read as +times +of its images\n/);
  });

  it("gives way on a narrow terminal: fewer metrics, figures below each other, mistakes alone", () => {
    const text = evaluationText(evaluationOf(letters, 20), { style, columns: 50 });
    expect(widest(text)).toBeLessThanOrEqual(50);
    expect(text).toMatch(/^agreement +Matthews correlation 0\.\d{4}\n +Cohen's kappa 0\.\d{4}$/m);
    expect(text).toMatch(/^class +precision +recall +F1 +images$/m);
    expect(text).not.toContain("rows: what it is");
  });

  it("gives the matrix in percent of row, column or all, and the map in tenths of them", () => {
    const ten = evaluationOf(letters.slice(0, 10), 300);
    const text = evaluationText(ten, { style, columns: 80, normalize: "column" });
    expect(text).toMatch(/read as; percent of the column\n(.*\n)+7( +·| +[\d.]+){10}$/m);
    const column = text
      .match(/^\d {2}.*$/gm)!
      .slice(-10)
      .map((line) => line.split(/ +/)[1]);
    const shares = column.map((cell) => (cell === "·" ? 0 : Number(cell)));
    expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(100, 0);
    const map = evaluationText(evaluationOf(letters, 20), { style, columns: 80, normalize: "all" });
    expect(map).toContain("cells: tenths of all,");
  });

  it("tells names of many letters by the mistakes alone", () => {
    const names = Array.from({ length: 20 }, (_, k) => `class number ${k}`);
    const text = evaluationText(evaluationOf(names, 20), { style, columns: 80 });
    expect(text).not.toContain("rows: what it is");
    expect(text).toMatch(/^class number \d+ +class number \d+ +\d+ +\d+\.\d %$/m);
  });

  it("shows a dash where a figure has no meaning, and calls nothing 1 that is not", () => {
    const logits = Float32Array.of(3, 0, 0, 2, 0, 0);
    const all = evaluate(logits, { labels: Int32Array.of(0, 0), classes: ["a", "b", "c"] });
    const text = evaluationText(all, { style, columns: 80 });
    expect(text).toContain("Matthews correlation –   Cohen's kappa –");
    expect(text).toMatch(/^a +1\.0000 +1\.0000 +– +1\.0000 +– +– +– +2$/m);
    expect(text).toMatch(/^b +– +– +1\.0000 +– +1\.0000 +0\.0000 +– +0$/m);
    const almost = {
      ...all,
      agreement: { ...all.agreement, cohensKappa: 0.99999, undefinedRatios: [] },
    };
    expect(evaluationText(almost, { style, columns: 80 })).toContain("Cohen's kappa >0.9999");
  });
});
