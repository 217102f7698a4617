/** How `inkling` ends; 0 is success. */
export const exitCodes = {
  failure: 1,
  usage: 2,
  gateMissed: 3,
  interrupted: 130,
  terminated: 143,
} as const;

/** An end of the command that is not success, with the exit code that says which. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly exitCode: number;

  constructor(exitCode: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** The command was called wrongly: exit code 2. */
export function usageError(message: string): CommandError {
  return new CommandError(exitCodes.usage, message);
}
