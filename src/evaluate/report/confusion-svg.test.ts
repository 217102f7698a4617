import { describe, expect, it } from "vitest";
import { confusionSvg } from "./confusion-svg.js";

const confusion = [
  [8, 2],
  [0, 1000],
];

describe("confusionSvg", () => {
  it("tells every cell in words, and its count", () => {
    const svg = confusionSvg(confusion, ["a", "b"]);
    expect(svg).toContain("<title>a read as b: 2 of 10</title>");
    expect(Array.from(svg.matchAll(/class="number"[^>]*>([^<]*)</g), ([, text]) => text)).toEqual([
      "8",
      "2",
      "0",
      "1,000",
    ]);
  });

  it("shows shares of rows, columns or all, rounded to neither 0 nor 100", () => {
    const numbers = (normalize: "row" | "column" | "all"): (string | undefined)[] => {
      const svg = confusionSvg(confusion, ["a", "b"], { normalize });
      expect(svg).toContain(`read as (% of ${normalize})`);
      return Array.from(svg.matchAll(/class="number"[^>]*>([^<]*)</g), ([, text]) => text);
    };
    expect(numbers("row")).toEqual(["80.0", "20.0", "0", "100"]);
    expect(numbers("column")).toEqual(["100", "0.2", "0", "99.8"]);
    expect(confusionSvg([[99_999, 1]], ["a", "b"], { normalize: "row" })).toMatch(
      />&gt;99\.9<[\s\S]*>&lt;0\.1</,
    );
  });

  it("takes labels as text, cut where they are long", () => {
    const svg = confusionSvg(confusion, ["<b>&", "a label of many words"]);
    expect(svg).toContain(">&lt;b&gt;&amp;</text>");
    expect(svg).toContain(">a label of ma…</text>");
    expect(svg).toContain("<title>&lt;b&gt;&amp; read as a label of many words: 2 of 10</title>");
  });

  it("draws many classes small, without numbers and without pairs that never occur", () => {
    const classes = Array.from({ length: 62 }, (_, k) => String.fromCharCode(48 + k));
    const diagonal = classes.map((_, i) => classes.map((_, j) => (i === j ? 5 : 0)));
    const svg = confusionSvg(diagonal, classes);
    expect(svg.match(/class="right"/g)).toHaveLength(62);
    expect(svg).not.toMatch(/class="(wrong|number)"/);
    expect(svg).not.toContain("NaN");
  });

  it("draws a class without images, and nothing right at all", () => {
    const svg = confusionSvg(
      [
        [0, 3],
        [0, 0],
      ],
      ["a", "b"],
      { normalize: "all" },
    );
    expect(svg).not.toMatch(/NaN|Infinity/);
  });
});
