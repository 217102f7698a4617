import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { DataError, FormatError } from "../../base/index.js";
import { parseSearchSpace, type SearchSpace } from "../../train/index.js";
import { usageError } from "../command-error.js";

/**
 * The space that `--space` names: a `.json` file, or settings as
 * `training.learningRate=1e-4..0.1 log; layers.1.units=32|64|128`.
 *
 * @param texts - the option may be repeated
 */
export async function searchSpaceOf(texts: readonly string[], cwd: string): Promise<SearchSpace> {
  const parts: [string, unknown][] = [];
  for (const text of texts) {
    if (text.endsWith(".json")) parts.push(...Object.entries(await spaceFile(text, cwd)));
    else parts.push(...text.split(";").filter(hasText).map(parseSetting));
  }
  const names = parts.map(([name]) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined)
    throw usageError(`--space: each setting must come once, got ${twice} twice`);
  try {
    return parseSearchSpace(Object.fromEntries(parts), "--space");
  } catch (error) {
    if (error instanceof FormatError) throw usageError(error.message);
    throw error;
  }
}

async function spaceFile(path: string, cwd: string): Promise<SearchSpace> {
  let text: string;
  try {
    text = await readFile(resolve(cwd, path), "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const got = code === "ENOENT" ? "no such file" : code;
    throw new DataError(`${path}: must be a JSON file that can be read, got ${got}`, { cause });
  }
  try {
    return parseSearchSpace(JSON.parse(text.replace(/^\ufeff/, "")), path);
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw new FormatError(path, `must be JSON, got ${(cause as Error).message}`, { cause });
  }
}

const hasText = (text: string): boolean => text.trim() !== "";

const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;
const RANGE = new RegExp(`^(${NUMBER})\\.\\.(${NUMBER})(\\s+log)?$`, "i");

/** `name=low..high`, `name=low..high log`, or `name=one|other`; integers where both ends are written as such. */
function parseSetting(text: string): [name: string, dimension: unknown] {
  const equals = text.indexOf("=");
  const name = text.slice(0, Math.max(0, equals)).trim();
  const values = text.slice(equals + 1).trim();
  const range = RANGE.exec(values);
  if (name !== "" && range) {
    const [, low = "", high = "", log] = range;
    const type = /[.e]/i.test(low + high) ? "real" : "integer";
    return [name, { type, low: Number(low), high: Number(high), ...(log && { log: true }) }];
  }
  if (name !== "" && values.includes("|")) {
    return [name, { type: "choice", values: values.split("|").map(jsonOrText) }];
  }
  throw usageError(
    `--space: a setting must be as training.learningRate=1e-4..0.1 log, or layers.1.units=32|64, got "${text.trim()}"`,
  );
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.trim();
  }
}
