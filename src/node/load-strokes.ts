import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "../base/index.js";
import { dataSetCatalog, gunzip, parseStrokes, type StrokeGlyph } from "../data/index.js";
import { type LocateOptions, locateDataSet } from "./locate-data-set.js";

/** Most bytes of strokes when unpacked; the larger part of the set has 50 million. */
const MAX_BYTES = 200_000_000;

/**
 * Loads the characters of `unipen` as pen strokes.
 *
 * @throws {DataError} where the set is not at hand
 */
export async function loadStrokes(
  part: "train" | "test",
  options: LocateOptions = {},
): Promise<StrokeGlyph[]> {
  const entry = dataSetCatalog.find(({ name }) => name === "unipen")!;
  const found = await locateDataSet(entry, options);
  if (found === undefined) {
    throw new DataError(
      "unipen: must lie in a folder unipen of --data-dir or $INKLING_DATA, got no such folder",
    );
  }
  const source = `unipen-${part}-strokes.ndjson.gz`;
  const path = join(found.folder, source);
  const packed = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new DataError(`${path}: must be a file that can be read, got ${cause.code}`, { cause });
  });
  const text = new TextDecoder().decode(await gunzip(packed, { limit: MAX_BYTES, source }));
  return parseStrokes(text, source);
}
