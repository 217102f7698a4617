import type { Io, TextStream } from "../io.js";

/** Marks text for a terminal; leaves it alone elsewhere. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
}

/** Whether a stream takes escape codes at all: a terminal that is not a dumb one. */
export function isLive(stream: TextStream, env: Io["env"]): boolean {
  return stream.isTTY && env.TERM !== "dumb";
}

/** Whether a stream takes colours: `NO_COLOR` (no-color.org), set to anything, says no. */
export function hasColours(stream: TextStream, env: Io["env"]): boolean {
  return isLive(stream, env) && !env.NO_COLOR;
}

export function styleFor(stream: TextStream, env: Io["env"]): Style {
  const coloured = hasColours(stream, env);
  const mark = (on: number, off: number) => (text: string) =>
    coloured ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  return {
    bold: mark(1, 22),
    dim: mark(2, 22),
    red: mark(31, 39),
    green: mark(32, 39),
    yellow: mark(33, 39),
  };
}
