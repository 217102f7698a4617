import { FormatError } from "../../base/index.js";

/** Most cells of a table. */
export interface GridLimits {
  /** Of one of bytes. */
  readonly bytes: number;
  /** Of one of other numbers, eight bytes each. */
  readonly numbers: number;
}

/** 1 GiB and 512 MiB. */
const LIMITS: GridLimits = { bytes: 2 ** 30, numbers: 2 ** 26 };
const FIRST_ROWS = 256;

/** Numbers row by row, as many rows as come; bytes for as long as every number is one. */
export class NumberGrid {
  readonly #columns: number;
  readonly #source: string;
  #cells: Uint8Array | Float64Array;
  readonly #limits: GridLimits;
  #length = 0;
  rows = 0;

  constructor(columns: number, source: string, limits = LIMITS) {
    this.#limits = limits;
    this.#columns = columns;
    this.#source = source;
    this.#cells = new Uint8Array(Math.min(FIRST_ROWS * columns, limits.bytes));
  }

  /** `[rows, columns]` */
  get numbers(): Uint8Array | Float64Array {
    return this.#cells.subarray(0, this.rows * this.#columns);
  }

  /** The next cell of the row; NaN where there is no number. */
  add(value: number): void {
    if (this.#length === this.#cells.length) this.#grow();
    this.#cells[this.#length] = value;
    // What a byte cannot hold reads back as something else.
    if (this.#cells[this.#length] !== value && this.#cells instanceof Uint8Array) {
      this.#widen();
      this.#cells[this.#length] = value;
    }
    this.#length += 1;
  }

  endRow(): void {
    this.rows += 1;
  }

  #grow(): void {
    const { length } = this.#cells;
    const isBytes = this.#cells instanceof Uint8Array;
    const limit = this.#limits[isBytes ? "bytes" : "numbers"];
    if (length >= limit) this.#refuse(limit);
    const size = Math.min(2 * length, limit);
    const grown = isBytes ? new Uint8Array(size) : new Float64Array(size);
    grown.set(this.#cells);
    this.#cells = grown;
  }

  #widen(): void {
    const limit = this.#limits.numbers;
    if (this.#length >= limit) this.#refuse(limit);
    const wide = new Float64Array(Math.min(this.#cells.length, limit));
    wide.set(this.#cells.subarray(0, this.#length));
    this.#cells = wide;
  }

  #refuse(limit: number): never {
    throw new FormatError(
      this.#source,
      `a table must have at most ${limit} cells, got more after row ${this.rows}`,
    );
  }
}
