import { FormatError } from "../base/index.js";

/**
 * Who wrote each image, from lines of JSON of which line n belongs to image n:
 * `{"label":"a","writer":12,"strokes":[…]}`.
 *
 * @param options.count - how many images there are
 * @param options.source - what to call the text in errors
 */
export function parseWriters(
  text: string,
  { count, source }: { readonly count: number; readonly source: string },
): Int32Array {
  const lines = text.trimEnd().split("\n");
  if (lines.length !== count) {
    throw new FormatError(
      source,
      `must have a line for each of ${count} images, got ${lines.length}`,
    );
  }
  return Int32Array.from(lines, (line, index) => {
    const writer = writerOf(line);
    if (typeof writer === "number" && Number.isInteger(writer) && writer >= 0 && writer < 2 ** 31) {
      return writer;
    }
    throw new FormatError(
      source,
      `line ${index + 1} must be JSON with a whole number "writer", got ${line.slice(0, 60)}`,
    );
  });
}

function writerOf(line: string): unknown {
  try {
    return (JSON.parse(line) as { writer?: unknown } | null)?.writer;
  } catch {
    return undefined;
  }
}
