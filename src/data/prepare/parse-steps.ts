import { DataError, type ImageStep, nearest } from "../../base/index.js";

/** A step over columns that is asked for; what it needs to know it learns from the training rows. */
export type TableRequest =
  | { readonly type: "ignore"; readonly columns: readonly string[] }
  | { readonly type: "missing"; readonly fill: "drop" | "mean" | "median" }
  | { readonly type: "missing"; readonly fill: "constant"; readonly value: string }
  | ColumnRequest<"ordinal" | "oneHot">
  | ColumnRequest<"minMax" | "zScore">;

/** A step for some columns, or all that it fits. */
export interface ColumnRequest<T extends string> {
  readonly type: T;
  readonly columns?: readonly string[];
}

export type StepRequest = ImageStep | TableRequest;

const NAMES = ["ignore", "missing", "ordinal", "oneHot", "minMax", "zScore"] as const;
const IMAGE_NAMES = ["resize", "invert", "transpose"] as const;
/** Longest side of an image, as of a model's input. */
const MAX_SIDE = 4096;
const MAX_STEPS = 32;

/**
 * Steps as people write them, `["missing:median", "oneHot", "zScore"]`, checked. Throws a `DataError`.
 *
 * For tables: `ignore:id+name`, `missing:drop`, `missing:mean`, `missing:median`,
 * `missing:constant=0`, `ordinal`, `oneHot`, `minMax`, `zScore`; the last four with columns as in
 * `zScore:age+height` for these only. For images: `resize:14x14`, `invert`, `transpose`. Capitals and
 * hyphens in the names of steps do not matter.
 */
export function parseSteps(texts: readonly string[]): StepRequest[] {
  if (texts.length > MAX_STEPS) {
    throw new DataError(`prepare: must have at most ${MAX_STEPS} steps, got ${texts.length}`);
  }
  return texts.map(parseStep);
}

function parseStep(text: string): StepRequest {
  const colon = text.indexOf(":");
  const word = (colon < 0 ? text : text.slice(0, colon)).trim();
  const argument = colon < 0 ? undefined : text.slice(colon + 1).trim();
  const names = [...NAMES, ...IMAGE_NAMES];
  const folded = fold(word);
  const name = names.find((known) => fold(known) === folded);
  switch (name) {
    case undefined: {
      const meant = nearest(word, names);
      const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
      throw failure(`a step must be one of ${names.join(", ")}`, word, hint);
    }
    case "missing":
      return missing(argument);
    case "resize":
      return resize(argument);
    case "invert":
    case "transpose":
      if (argument !== undefined) throw failure(`${name} must stand alone`, text);
      return { type: name };
    case "ignore":
      if (!argument) throw failure("ignore must name columns, as ignore:id+name", text);
      return { type: name, columns: columnsOf(argument) };
    case "ordinal":
    case "oneHot":
      return { type: name, ...chosen(argument) };
    case "minMax":
    case "zScore":
      return { type: name, ...chosen(argument) };
  }
}

function missing(argument = ""): TableRequest {
  const [fill = "", ...rest] = argument.split("=");
  const value = rest.join("=");
  if (fill === "constant" && value !== "") return { type: "missing", fill, value };
  if (argument === "drop" || argument === "mean" || argument === "median") {
    return { type: "missing", fill: argument };
  }
  throw failure("missing must say what to do: drop, mean, median or constant=VALUE", argument);
}

function resize(argument = ""): ImageStep {
  const [, first = "", second = first] = /^(\d+)(?:x(\d+))?$/.exec(argument) ?? [];
  const [width, height] = [Number(first), Number(second)];
  if (width >= 1 && width <= MAX_SIDE && height >= 1 && height <= MAX_SIDE) {
    return { type: "resize", width, height };
  }
  throw failure(
    `resize must have a width and height of 1 to ${MAX_SIDE}, as resize:14x14`,
    argument,
  );
}

function chosen(argument: string | undefined): { columns?: readonly string[] } {
  return argument === undefined ? {} : { columns: columnsOf(argument) };
}

function columnsOf(argument: string): string[] {
  const columns = argument.split("+").map((name) => name.trim());
  if (columns.includes("")) throw failure("columns must be names joined by +", argument);
  return columns;
}

function fold(name: string): string {
  return name.replaceAll(/[-_]/g, "").toLowerCase();
}

function failure(problem: string, got: string, hint = ""): DataError {
  return new DataError(`prepare: ${problem}, got ${JSON.stringify(got)}${hint}`);
}

export function isImageStep(step: StepRequest): step is ImageStep {
  return IMAGE_NAMES.some((name) => name === step.type);
}
