import { describe, expect, it } from "vitest";
import { FormatError } from "../../base/index.js";
import { parseStrokes } from "./parse-strokes.js";

describe("parseStrokes", () => {
  it("reads a character a line and passes over what it does not know", () => {
    const text =
      '{"label":"i","writer":3,"strokes":[[1,2,3,4],[5,0]]}\n\n{"label":"1","strokes":[[0,0]]}\n';
    const [dotted, dot] = parseStrokes(text, "ink");
    expect(dotted).toEqual({
      label: "i",
      strokes: [
        [1, 2, 3, 4],
        [5, 0],
      ],
    });
    expect(dot.label).toBe("1");
  });

  it.each([
    ["nonsense", "must be a JSON object"],
    ["[]x", "must be a JSON object"],
    ['{"strokes":[[0,0]]}', '"label" must be a text'],
    ['{"label":"a","strokes":[]}', '"strokes" must be a list of strokes'],
    ['{"label":"a","strokes":[[1]]}', "a stroke must be a list of finite numbers, x and y in turn"],
    [
      '{"label":"a","strokes":[[1,null]]}',
      "a stroke must be a list of finite numbers, x and y in turn",
    ],
    [
      `{"label":"a","strokes":[[${new Array(20_002).fill(1)}]]}`,
      "must have at most 20000 numbers, got 20002",
    ],
  ])("refuses %.40s", (line, problem) => {
    expect(() => parseStrokes(`{"label":"a","strokes":[[0,0]]}\n${line}`, "ink")).toThrow(
      new FormatError("ink", `line 2: ${problem}`),
    );
  });
});
