import { CommandError, exitCodes } from "./command-error.js";
import type { Interrupt, Io } from "./io.js";
import { isLive } from "./terminal/style.js";

/**
 * Waits for `work`, unless Ctrl-C or a request to end comes first: then fails at once with the exit
 * code for it. What is still under way is not stopped; it ends with the process.
 *
 * @param what - what was interrupted and what there is to know then, after the word `interrupted`
 */
export async function interruptible<T>(
  work: () => Promise<T>,
  io: Io,
  what = "before it was done",
): Promise<T> {
  let stopListening = (): void => {};
  const interruption = new Promise<never>((_, reject) => {
    stopListening = io.onInterrupt((signal) => {
      // A live line may stand there still.
      if (isLive(io.stderr, io.env)) io.stderr.write("\r\x1b[K");
      reject(interruptedError(signal, what));
    });
  });
  try {
    return await Promise.race([work(), interruption]);
  } finally {
    stopListening();
  }
}

export function interruptedError(signal: Interrupt, what: string): CommandError {
  const code = signal === "SIGINT" ? exitCodes.interrupted : exitCodes.terminated;
  return new CommandError(code, `interrupted ${what}`);
}
