import type { Interrupt, Io, TextStream } from "./io.js";

/** Most that is taken from standard input: far above any picture of one glyph. */
const MAX_STDIN_BYTES = 64 * 1024 * 1024;

/** The running process as an {@link Io}. */
export function processIo(): Io {
  return {
    stdout: textStream(process.stdout),
    stderr: textStream(process.stderr),
    stdin: readStdin,
    env: process.env,
    command: [process.execPath, process.argv[1] ?? ""],
    cwd: process.cwd(),
    onInterrupt: interrupts(),
  };
}

/** A reader that goes away early (`inkling … | head -1`) is no failure: the rest is dropped. */
function textStream(stream: NodeJS.WriteStream): TextStream {
  let open = true;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    open = false;
  });
  return {
    write(text) {
      if (open) stream.write(text);
    },
    get isTTY() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.columns ?? 80;
    },
  };
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > MAX_STDIN_BYTES) {
      throw new RangeError(`standard input: must be at most ${MAX_STDIN_BYTES} bytes, got more`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** Each signal goes to the listener that came last, which then is gone; without any, it kills. */
function interrupts(): Io["onInterrupt"] {
  const listeners: ((signal: Interrupt) => void)[] = [];
  const handle = (signal: Interrupt): void => {
    const listener = listeners.at(-1)!;
    remove(listener);
    listener(signal);
  };
  const remove = (listener: (signal: Interrupt) => void): void => {
    const index = listeners.indexOf(listener);
    if (index < 0) return;
    listeners.splice(index, 1);
    if (listeners.length === 0) process.off("SIGINT", handle).off("SIGTERM", handle);
  };
  return (listener) => {
    if (listeners.length === 0) process.on("SIGINT", handle).on("SIGTERM", handle);
    listeners.push(listener);
    return () => remove(listener);
  };
}
