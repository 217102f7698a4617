import { resolve } from "node:path";
import type { Interrupt, Io } from "../../src/cli/index.js";

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
  /** Presses Ctrl-C, or asks to end. */
  interrupt(signal?: Interrupt): void;
}

export function testIo(options: TestIoOptions = {}): TestIo {
  const { cwd = process.cwd(), env = {}, stdin = new Uint8Array(), isTTY = false } = options;
  const written = { out: "", err: "" };
  const listeners: ((signal: Interrupt) => void)[] = [];
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
    command: [process.execPath, resolve("bin/inkling.js")],
    cwd,
    onInterrupt(listener) {
      listeners.push(listener);
      return () => {
        if (listeners.includes(listener)) listeners.splice(listeners.indexOf(listener), 1);
      };
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
    interrupt(signal = "SIGINT") {
      listeners.pop()?.(signal);
    },
  };
}
