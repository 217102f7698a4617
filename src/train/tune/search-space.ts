import { FormatError, type Random } from "../../base/index.js";
import { schema } from "../../nn/index.js";

/** What a setting may be: a number between two, or one of a few values. */
export type SearchDimension =
  | {
      readonly type: "real" | "integer";
      /** Both ends included. */
      readonly low: number;
      readonly high: number;
      /** Whether a factor counts, not a difference: 0.001 to 0.01 as much as 0.01 to 0.1. */
      readonly log?: boolean;
    }
  | { readonly type: "choice"; readonly values: readonly SearchValue[] };

/** Anything of JSON. */
export type SearchValue =
  | string
  | number
  | boolean
  | null
  | readonly SearchValue[]
  | { readonly [key: string]: SearchValue };

/** Settings by their names, such as `training.learningRate`. */
export type SearchSpace = Readonly<Record<string, SearchDimension>>;

/** A value for every setting of a space. */
export type SearchPoint = Readonly<Record<string, SearchValue>>;

const MAX_DIMENSIONS = 100;
const MAX_VALUES = 1000;
/** Digits of a real number that count; more say nothing about a network, and none can read them. */
const DIGITS = 4;

const { flag, isObject, list, number, optional, show, variant } = schema;

const finite = number(-1e15, 1e15);
const range = { low: finite, high: finite, log: optional(flag) };
const dimensionCheck = variant({
  real: range,
  integer: range,
  choice: { values: list(() => undefined, 1, MAX_VALUES) },
});

/**
 * A search space from JSON that anybody may have written:
 * `{ "training.learningRate": { "type": "real", "low": 1e-4, "high": 0.1, "log": true }, … }`.
 * Throws a `FormatError` that names the place.
 *
 * @param where - what the JSON is called in errors
 */
export function parseSearchSpace(value: unknown, where: string): SearchSpace {
  if (!isObject(value)) throw new FormatError(where, `must be an object, got ${show(value)}`);
  const entries = Object.entries(value);
  if (entries.length === 0 || entries.length > MAX_DIMENSIONS) {
    const problem = `must have 1 to ${MAX_DIMENSIONS} settings, got ${entries.length}`;
    throw new FormatError(where, problem);
  }
  for (const [name, dimension] of entries) {
    const problem =
      dimensionCheck(dimension, name) ?? orderProblem(dimension as SearchDimension, name);
    if (problem !== undefined) throw new FormatError(where, problem);
  }
  return value as SearchSpace;
}

function orderProblem(dimension: SearchDimension, name: string): string | undefined {
  if (dimension.type === "choice") return undefined;
  const { type, low, high, log = false } = dimension;
  if (low >= high) return `${name}.high must be above low, ${low}, got ${high}`;
  if (log && low <= 0) return `${name}.low must be above 0 where factors count, got ${low}`;
  if (type === "integer" && !(Number.isInteger(low) && Number.isInteger(high))) {
    return `${name}: low and high must be integers, got ${low} and ${high}`;
  }
  return undefined;
}

/** Any value, each as likely as the other. */
export function drawValue(dimension: SearchDimension, random: Random): SearchValue {
  if (dimension.type === "choice")
    return dimension.values[random.integer(dimension.values.length)]!;
  return valueAt(dimension, random.uniform());
}

/** Any point, each as likely as the other. */
export function drawPoint(space: SearchSpace, random: Random): SearchPoint {
  return mapSpace(space, (dimension) => drawValue(dimension, random));
}

export function mapSpace(
  space: SearchSpace,
  chosen: (dimension: SearchDimension, name: string) => SearchValue,
): SearchPoint {
  return Object.fromEntries(
    Object.entries(space).map(([name, dimension]) => [name, chosen(dimension, name)]),
  );
}

type Numeric = Exclude<SearchDimension, { type: "choice" }>;

/**
 * The number at a share of the way from low to high. Every integer has an equal part of the way.
 *
 * @param place - from 0 to 1
 */
export function valueAt(dimension: Numeric, place: number): number {
  const { type, low, high } = dimension;
  const [from, to] = ends(dimension);
  const exact = from + place * (to - from);
  const value = dimension.log ? Math.exp(exact) : exact;
  const rounded = type === "integer" ? Math.round(value) : Number(value.toPrecision(DIGITS));
  return Math.min(high, Math.max(low, rounded));
}

/** The share of the way from low to high at which a number stands, from 0 to 1. */
export function placeOf(dimension: Numeric, value: number): number {
  const [from, to] = ends(dimension);
  const place = ((dimension.log ? Math.log(value) : value) - from) / (to - from);
  return Math.min(1, Math.max(0, place));
}

/** Where the way begins and ends; half an integer outside, so that the outermost have their whole part. */
function ends({ type, low, high, log = false }: Numeric): [from: number, to: number] {
  const margin = type === "integer" ? 0.5 : 0;
  return log ? [Math.log(low - margin), Math.log(high + margin)] : [low - margin, high + margin];
}
