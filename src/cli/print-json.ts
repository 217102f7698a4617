import type { Io } from "./io.js";

/** One JSON record, one line, on stdout. */
export function printJson(io: Io, record: unknown): void {
  io.stdout.write(`${JSON.stringify(record)}\n`);
}
