import { sha256 } from "../data/index.js";
import { schema } from "../nn/index.js";

/**
 * Plain data as settings by their paths, `training.batchSize` → `64`, in the order of the paths. What
 * is absent and what is `undefined` are the same.
 */
export function settingsOf(value: unknown, path = ""): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (part: unknown, where: string): void => {
    const below = Array.isArray(part) ? part.entries() : Object.entries(part as object);
    for (const [name, child] of below) {
      const place = where === "" ? `${name}` : `${where}.${name}`;
      if (schema.isObject(child) || Array.isArray(child)) walk(child, place);
      else if (child !== undefined) found.set(place, JSON.stringify(child));
    }
  };
  walk(value, path);
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Paths of the settings in which any of the values differs from the first. */
export function differingSettings(values: readonly unknown[]): string[] {
  const all = values.map((value) => settingsOf(value));
  const paths = new Set(all.flatMap((settings) => [...settings.keys()]));
  return [...paths]
    .filter((path) => new Set(all.map((settings) => settings.get(path))).size > 1)
    .sort();
}

/** Digest of plain data; the order of its fields does not matter. */
export async function settingsDigest(value: unknown): Promise<string> {
  const lines = [...settingsOf(value)].map(([path, text]) => `${path}=${text}\n`);
  return sha256(new TextEncoder().encode(lines.join("")));
}
