import { nearest } from "../base/index.js";

/**
 * Checks of plain data that comes from outside: a model typed by a person or read from a file.
 *
 * A check is given a value and the value's name; it answers with what is wrong, as
 * `name must be …, got …`, or with `undefined`.
 */
export type Check = (value: unknown, name: string) => string | undefined;

/** One check for every field of a description; `type` has been looked at by then. */
export type Checks<T> = { readonly [K in keyof Omit<T, "type">]-?: Check };

type Fields = Readonly<Record<string, Check>>;

export function integer(low: number, high: number): Check {
  return (value, name) =>
    Number.isInteger(value) && within(value, low, high)
      ? undefined
      : `${name} must be an integer from ${low} to ${high}, got ${show(value)}`;
}

/** A finite number, both ends included. */
export function number(low: number, high: number): Check {
  return (value, name) =>
    Number.isFinite(value) && within(value, low, high)
      ? undefined
      : `${name} must be a number from ${low} to ${high}, got ${show(value)}`;
}

export const flag: Check = (value, name) =>
  typeof value === "boolean" ? undefined : `${name} must be true or false, got ${show(value)}`;

export function oneOf(...choices: readonly (string | number)[]): Check {
  return (value, name) =>
    choices.includes(value as string | number)
      ? undefined
      : `${name} must be ${listOf(choices)}, got ${show(value)}`;
}

/** A list in which every element passes `check`. */
export function list(check: Check, shortest: number, longest: number): Check {
  return (value, name) => {
    if (!Array.isArray(value) || value.length < shortest || value.length > longest) {
      const got = Array.isArray(value) ? `${value.length} elements` : show(value);
      return `${name} must be a list of ${shortest} to ${longest} elements, got ${got}`;
    }
    return first(value, (element, index) => check(element, `${name}[${index}]`));
  };
}

/** `n` or `[height, width]`, as kernels and strides are written. */
export function oneOrPair(check: Check): Check {
  return (value, name) => (Array.isArray(value) ? list(check, 2, 2) : check)(value, name);
}

/** The field may be left out. */
export function optional(check: Check): Check {
  return (value, name) => (value === undefined ? undefined : check(value, name));
}

/** An object with exactly these fields. */
export function record(fields: Fields): Check {
  return (value, name) =>
    isObject(value)
      ? fieldsProblem(value, fields, `${name}.`)
      : `${name} must be an object, got ${show(value)}`;
}

/** An object whose `type` says which fields it has. */
export function variant(kinds: Readonly<Record<string, Fields>>): Check {
  return (value, name) => {
    if (!isObject(value)) return `${name} must be an object, got ${show(value)}`;
    const { type, ...rest } = value;
    return (
      oneOf(...Object.keys(kinds))(type, `${name}.type`) ??
      fieldsProblem(rest, kinds[type as string], `${name}.`)
    );
  };
}

/** What is wrong with the fields of `value`: an unknown one, or the first that fails its check. */
export function fieldsProblem(
  value: Readonly<Record<string, unknown>>,
  fields: Fields,
  prefix = "",
): string | undefined {
  const unknown = Object.keys(value).find((key) => !Object.hasOwn(fields, key));
  if (unknown !== undefined) {
    const known = Object.keys(fields);
    const all = known.length === 0 ? "it has no options" : `known are ${known.join(", ")}`;
    const meant = nearest(unknown, known);
    return `${prefix}${show(unknown)} is not an option; ${meant ? `did you mean ${meant}? ` : ""}${all}`;
  }
  return first(Object.entries(fields), ([key, check]) => {
    return check(Object.hasOwn(value, key) ? value[key] : undefined, prefix + key);
  });
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as it is quoted in an error: short, whatever it is. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (isObject(value)) return "an object";
  return typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : String(value);
}

function within(value: unknown, low: number, high: number): boolean {
  return (value as number) >= low && (value as number) <= high;
}

function listOf(choices: readonly (string | number)[]): string {
  const quoted = choices.map((choice) => show(choice));
  const last = quoted.pop();
  return quoted.length === 0 ? `${last}` : `${quoted.join(", ")} or ${last}`;
}

function first<T>(
  items: readonly T[],
  problemOf: (item: T, index: number) => string | undefined,
): string | undefined {
  for (let i = 0; i < items.length; i++) {
    const problem = problemOf(items[i], i);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
