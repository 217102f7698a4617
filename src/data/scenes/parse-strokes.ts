import { FormatError } from "../../base/index.js";
import type { StrokeGlyph } from "./stroke-glyph.js";

/** Most numbers of one character: ten thousand points are more than a minute of writing. */
const MAX_NUMBERS = 20_000;

/**
 * Parses characters given as pen strokes, one JSON object a line:
 * `{"label":"a","strokes":[[x0,y0,x1,y1,…],[…]]}`; other fields are passed over.
 *
 * @param source - what to call the text in errors
 */
export function parseStrokes(text: string, source: string): StrokeGlyph[] {
  return text
    .split("\n")
    .map((line, index) => [line, index + 1] as const)
    .filter(([line]) => line.trim() !== "")
    .map(([line, number]) => parseLine(line, (problem) => fail(source, number, problem)));
}

function parseLine(line: string, fail: (problem: string) => never): StrokeGlyph {
  const value = parseJson(line) ?? fail("must be a JSON object");
  const { label, strokes } = value as { label?: unknown; strokes?: unknown };
  if (typeof label !== "string" || label === "") fail('"label" must be a text');
  if (!Array.isArray(strokes) || strokes.length === 0) fail('"strokes" must be a list of strokes');
  let numbers = 0;
  for (const stroke of strokes) {
    if (!isPath(stroke)) fail("a stroke must be a list of finite numbers, x and y in turn");
    numbers += stroke.length;
  }
  if (numbers > MAX_NUMBERS) fail(`must have at most ${MAX_NUMBERS} numbers, got ${numbers}`);
  return { label, strokes };
}

function parseJson(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function isPath(stroke: unknown): stroke is number[] {
  return (
    Array.isArray(stroke) &&
    stroke.length >= 2 &&
    stroke.length % 2 === 0 &&
    stroke.every(Number.isFinite)
  );
}

function fail(source: string, line: number, problem: string): never {
  throw new FormatError(source, `line ${line}: ${problem}`);
}
