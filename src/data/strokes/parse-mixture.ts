import { DataError } from "../../base/index.js";
import { type Selection, selections } from "./class-selection.js";

/** Several sets as one, their classes made the same. */
export interface MixtureRequest {
  readonly selection: Selection;
  readonly parts: readonly MixturePart[];
}

export interface MixturePart {
  readonly name: string;
  /** How often it counts; what is drawn is drawn anew each time. */
  readonly times: number;
}

const MAX_TIMES = 100;

/**
 * Parses `digits:mnist+unipen*2+synthetic`: which classes, a colon, then names of sets with how often each
 * counts. Anything that does not begin with a selection and a colon is no mixture.
 *
 * @throws {DataError} where what follows the colon is none
 */
export function parseMixture(text: string): MixtureRequest | undefined {
  const [selection, list, more] = text.split(":");
  if (list === undefined || more !== undefined || !isSelection(selection)) return undefined;
  return { selection, parts: list.split("+").map((part) => parsePart(part, text)) };
}

function isSelection(text: string): text is Selection {
  return Object.hasOwn(selections, text);
}

function parsePart(part: string, text: string): MixturePart {
  const [, name, times = "1"] = /^([a-z][a-z0-9-]*)(?:\*([1-9]\d*))?$/.exec(part.trim()) ?? [];
  if (name !== undefined && Number(times) <= MAX_TIMES) return { name, times: Number(times) };
  throw new DataError(
    `data set ${text}: a part must be the name of a set, as mnist, or of one and a number up to ${MAX_TIMES}, as mnist*2, got ${JSON.stringify(part)}`,
  );
}
