/**
 * The failures Inkling names. Every message reads `where: what must hold, got what; hint`.
 *
 * A caller's mistake is a `TypeError` or a {@link ShapeError}; a failure of the world outside
 * is a {@link FormatError}, {@link DataError} or {@link DeviceError}.
 */

/** Two shapes, or a shape and an option, that do not fit each other. */
export class ShapeError extends RangeError {
  override readonly name = "ShapeError";
}

/** Bytes from outside that are not what their format promises. */
export class FormatError extends Error {
  override readonly name = "FormatError";
  /** What was being read: a file name or an address. */
  readonly source: string;

  constructor(source: string, problem: string, options?: ErrorOptions) {
    super(`${source}: ${problem}`, options);
    this.source = source;
  }
}

/** A data set, file or folder that is absent, incomplete or unusable. */
export class DataError extends Error {
  override readonly name = "DataError";
}

/** The machine cannot do what was asked: no such backend, no threads, no memory left. */
export class DeviceError extends Error {
  override readonly name = "DeviceError";
}
