/**
 * Parses JSON from outside: at most `depth` lists and objects inside each other, so that nothing
 * that walks the value runs out of stack, and no name twice in one object, which `JSON.parse`
 * would pass over in silence. Throws a `SyntaxError`.
 */
export function parseBoundedJson(text: string, depth: number): unknown {
  const names = countNames(text, depth);
  const value: unknown = JSON.parse(text);
  if (countKeys(value) !== names) throw new SyntaxError("a name stands twice in one object");
  return value;
}

/** Colons outside strings: in valid JSON, one a name. */
function countNames(text: string, depth: number): number {
  let names = 0;
  let open = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (inString) {
      if (character === "\\") i += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === ":") names += 1;
    else if (character === "]" || character === "}") open -= 1;
    else if (character === "[" || character === "{") {
      open += 1;
      if (open > depth) throw new SyntaxError(`nested more than ${depth} deep`);
    }
  }
  return names;
}

function countKeys(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const children = Object.values(value);
  let keys = Array.isArray(value) ? 0 : children.length;
  for (const child of children) keys += countKeys(child);
  return keys;
}

/** How many lists and objects lie inside each other in a value, itself included; looks no deeper than `limit`. */
export function depthOf(value: unknown, limit: number): number {
  if (typeof value !== "object" || value === null || limit === 0) return 0;
  let deepest = 0;
  for (const child of Object.values(value)) deepest = Math.max(deepest, depthOf(child, limit - 1));
  return 1 + deepest;
}
