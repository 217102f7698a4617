import { CommanderError } from "commander";
import { CommandError, exitCodes } from "./command-error.js";
import type { Io } from "./io.js";
import { printable } from "./terminal/format.js";

/** The system's error codes that a person meets, in words. */
const systemErrors: Readonly<Record<string, string>> = {
  EACCES: "must be readable and writable by you, got permission denied",
  EEXIST: "must not exist yet, but does",
  EISDIR: "must be a file, got a folder",
  ENOENT: "must exist, got no such file or folder",
  ENOSPC: "could not be written: no space left on the device",
  ENOTDIR: "must be a folder, got a file",
  EROFS: "could not be written: the file system is read-only",
};

/**
 * Tells what went wrong on stderr, `inkling: where: what must hold, got what` and the hint on a
 * line of its own, and returns the exit code. The stack is for `--debug`.
 *
 * @param help - the call that explains what is called wrongly, where nothing better is known
 */
export function reportFailure(
  error: unknown,
  io: Io,
  { debug, help }: { debug: boolean; help: string },
): number {
  const { exitCode } = explain(error);
  const [line, ...hint] = failureLine(error).split("; ");
  io.stderr.write(`inkling: ${line}\n`);
  if (hint.length > 0) io.stderr.write(`  ${hint.join("; ")}\n`);
  else if (exitCode === exitCodes.usage) io.stderr.write(`  see ${help}\n`);
  if (debug && error instanceof Error) io.stderr.write(`${error.stack}\n`);
  return exitCode;
}

/** What went wrong on one line. */
export function failureLine(error: unknown): string {
  return printable(explain(error).message.replaceAll(/\s*\n\s*/g, "; "));
}

function explain(error: unknown): { message: string; exitCode: number } {
  if (error instanceof CommandError) return { message: error.message, exitCode: error.exitCode };
  if (error instanceof CommanderError) {
    return { message: ownWords(error.message), exitCode: exitCodes.usage };
  }
  if (!(error instanceof Error)) return { message: String(error), exitCode: exitCodes.failure };
  const { code, path } = error as NodeJS.ErrnoException;
  const words = code === undefined ? undefined : systemErrors[code];
  const message = words && path ? `${path}: ${words}` : error.message;
  return { message, exitCode: exitCodes.failure };
}

/** `error: unknown option '--epoch'\n(Did you mean --epochs?)` → our form. */
function ownWords(message: string): string {
  return message
    .replace(/^error: /, "")
    .replace(/\n?\(Did you mean (.*)\?\)/s, "; did you mean $1?");
}
