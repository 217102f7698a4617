import { nearest } from "../base/index.js";
import { parseSteps } from "../data/index.js";
import { usageError } from "./command-error.js";

/** Parsers of option values: each takes the option's name and gives what commander calls. */

export function integerIn(option: string, low: number, high: number): (text: string) => number {
  return (text) => {
    const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= low && value <= high)) {
      throw usageError(`${option}: must be an integer from ${low} to ${high}, got "${text}"`);
    }
    return value;
  };
}

/** A number in `(0, high]`. */
export function positiveUpTo(option: string, high: number): (text: string) => number {
  return (text) => {
    const value = parseNumber(text);
    if (!(value > 0 && value <= high)) {
      throw usageError(`${option}: must be a number above 0, at most ${high}, got "${text}"`);
    }
    return value;
  };
}

/** A share of the whole: a number in `[0, 1)`, or `[0, 1]` if `whole` may be asked for. */
export function share(option: string, { whole }: { whole: boolean }): (text: string) => number {
  return (text) => {
    const value = parseNumber(text);
    if (!(value >= 0 && (whole ? value <= 1 : value < 1))) {
      const range = whole ? "from 0 to 1" : "from 0 to less than 1";
      const hint = text.endsWith("%") || value > 1 ? "; write 10 % as 0.1" : "";
      throw usageError(`${option}: must be a share ${range}, got "${text}"${hint}`);
    }
    return value;
  };
}

/** How like each other two things are: a number in `[0.5, 1)`. */
export function similarity(option: string): (text: string) => number {
  return (text) => {
    const value = parseNumber(text);
    if (!(value >= 0.5 && value < 1)) {
      throw usageError(`${option}: must be a number from 0.5 to less than 1, got "${text}"`);
    }
    return value;
  };
}

/** Any text but the empty one, as an unset variable gives: as a path it would be the current folder. */
export function nonEmpty(option: string): (text: string) => string {
  return (text) => {
    if (text === "") throw usageError(`${option}: must not be empty, got ""`);
    return text;
  };
}

/** Steps of preparation, joined by commas: `missing:median,oneHot`; added to those said before. */
export function addPreparationSteps(
  option: string,
): (text: string, before?: readonly string[]) => readonly string[] {
  return (text, before = []) => {
    const steps = [...before, ...text.split(",").map((step) => step.trim())];
    try {
      parseSteps(steps);
    } catch (error) {
      throw usageError(`${option}: ${(error as Error).message.replace(/^prepare: /, "")}`);
    }
    return steps;
  };
}

/** A name below another folder, neither hidden nor easily taken for an option. */
export function folderName(option: string): (text: string) => string {
  return (text) => {
    if (/^[^./\\-][^/\\]*$/.test(text)) return text;
    const hint = /[/\\]/.test(text) ? "; say where with --out" : "";
    throw usageError(
      `${option}: must be the name of a folder, not beginning with . or -, got "${text}"${hint}`,
    );
  };
}

export function oneOf<T extends string>(
  option: string,
  allowed: readonly T[],
): (text: string) => T {
  return (text) => {
    const found = allowed.find((choice) => choice === text);
    if (found !== undefined) return found;
    const meant = nearest(text, allowed);
    const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
    throw usageError(`${option}: must be one of ${allowed.join(", ")}, got "${text}"${hint}`);
  };
}

function parseNumber(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}
