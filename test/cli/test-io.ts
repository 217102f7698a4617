import type { Io } from "../../src/cli/index.js";

interface TestIoOptions {
  readonly cwd?: string;
  readonly env?: Io["env"];
  readonly stdin?: Uint8Array;
  /** Both streams are terminals. */
  readonly isTTY?: boolean;
}

/** Both ends of a command: what it is given, and what it wrote. */
export interface TestIo extends Io {
  /** Everything written to stdout so far. */
  readonly out: string;
  readonly err: string;
  /** The lines of stdout as JSON. */
  readonly records: unknown[];
  /** Presses Ctrl-C. */
  interrupt(): void;
}

export function testIo(options: TestIoOptions = {}): TestIo {
  const { cwd = process.cwd(), env = {}, stdin = new Uint8Array(), isTTY = false } = options;
  const written = { out: "", err: "" };
  const listeners = new Set<() => void>();
  const stream = (key: "out" | "err") => ({
    write: (text: string) => {
      written[key] += text;
    },
    isTTY,
    columns: 80,
  });
  return {
    stdout: stream("out"),
    stderr: stream("err"),
    stdin: async () => stdin,
    env,
    cwd,
    onInterrupt(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get out() {
      return written.out;
    },
    get err() {
      return written.err;
    },
    get records() {
      return written.out
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown);
    },
    interrupt() {
      for (const listener of listeners) listener();
      listeners.clear();
    },
  };
}
