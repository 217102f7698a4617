import type { Io, TextStream } from "./io.js";

/** Most that is taken from standard input: far above any picture of one glyph. */
const MAX_STDIN_BYTES = 64 * 1024 * 1024;

/** The running process as an {@link Io}. */
export function processIo(): Io {
  return {
    stdout: textStream(process.stdout),
    stderr: textStream(process.stderr),
    stdin: readStdin,
    env: process.env,
    cwd: process.cwd(),
    onInterrupt,
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

/** The handler goes with the first signal, so that a second Ctrl-C ends the process at once. */
function onInterrupt(listener: () => void): () => void {
  process.once("SIGINT", listener);
  return () => process.off("SIGINT", listener);
}
