/** What a command writes to: the process's own stream, or a test's. */
export interface TextStream {
  write(text: string): void;
  /** Whether a person is looking: colours and live lines are for terminals only. */
  readonly isTTY: boolean;
  /** Width in characters. */
  readonly columns: number;
}

/** Everything a command may touch besides files, handed in so that tests can hold both ends. */
export interface Io {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  /** All of standard input. */
  stdin(): Promise<Uint8Array>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How this program is started once more, for work in processes of their own: program and first arguments. */
  readonly command: readonly string[];
  /** Folder that relative paths are meant from. */
  readonly cwd: string;
  /**
   * Calls `listener` at the next Ctrl-C or request to end, instead of whoever listened before; once.
   * Returns how to stop listening.
   */
  onInterrupt(listener: (signal: Interrupt) => void): () => void;
}

/** Ctrl-C, or a polite `kill`. */
export type Interrupt = "SIGINT" | "SIGTERM";
