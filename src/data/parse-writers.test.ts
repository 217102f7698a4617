import { describe, expect, it } from "vitest";
import { FormatError } from "../base/index.js";
import { parseWriters } from "./parse-writers.js";

const parse = (text: string, count: number) => parseWriters(text, { count, source: "a.ndjson" });

describe("parseWriters", () => {
  it("gives the writer of each line", () => {
    expect(parse('{"label":"a","writer":12}\n{"writer":0}\n', 2)).toEqual(Int32Array.of(12, 0));
  });

  it.each([
    ['{"writer":1}', 2, "must have a line for each of 2 images, got 1"],
    [
      '{"writer":1}\n{"writer":',
      2,
      'line 2 must be JSON with a whole number "writer", got {"writer":',
    ],
    ["{}", 1, 'line 1 must be JSON with a whole number "writer", got {}'],
    ["null", 1, 'line 1 must be JSON with a whole number "writer", got null'],
    ['{"writer":1.5}', 1, 'line 1 must be JSON with a whole number "writer", got {"writer":1.5}'],
    ['{"writer":-1}', 1, 'line 1 must be JSON with a whole number "writer", got {"writer":-1}'],
  ])("refuses %j", (text, count, problem) => {
    expect(() => parse(text, count)).toThrow(new FormatError("a.ndjson", problem));
  });
});
