import { FormatError } from "../../base/index.js";
import { CsvScanner, type FieldSink } from "./csv-scanner.js";
import { longNumber, saysMissing, shortNumber } from "./number-field.js";
import { NumberGrid } from "./number-grid.js";

const MAX_COLUMNS = 2 ** 17;
const MAX_NAME = 200;
/** Most characters that the texts of a table may have, all together. */
const MAX_TEXT = 2 ** 26;
/** Most cells of texts: fewer than a JavaScript `Map` can hold, 2^24. */
const MAX_TEXT_CELLS = 2 ** 23;
/** Names that announce one pixel: Kaggle's `pixel0`, `1x1` of others. */
const PIXEL_NAME = /^(pixel[ _]?\d+|\d+x\d+)$/i;
const SEMICOLON = 0x3b;
const SPACE = 0x20;
const ZERO = 0x30;

/** A table as it was read: every cell a number, a text or missing. */
export interface RawTable {
  readonly source: string;
  readonly count: number;
  readonly names: readonly string[];
  /** Whether the names stood in the file; `column 1`, `column 2` … otherwise. */
  readonly hasHeader: boolean;
  /** Row by row, `[count, names]`; NaN for nothing, 0 for a text. Bytes if all are whole from 0 to 255. */
  readonly numbers: Uint8Array | Float64Array;
  /** The texts of a column by row, for columns that have any. */
  readonly texts: ReadonlyMap<number, ReadonlyMap<number, string>>;
  /** Row of the file per row, from 1, `[count]`. */
  readonly rowNumbers: Int32Array;
}

/**
 * Makes a table of the fields that a scanner finds, numbers straight from their bytes.
 *
 * The first row is a header if none of its fields is a number, unless it is known to be none. Of
 * columns whose names announce pixels everything but a whole number from 0 to 255 is an error at once.
 */
export class TableBuilder implements FieldSink {
  readonly #source: string;
  readonly #scanner: CsvScanner;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  #first: { text: string; quoted: boolean }[] | undefined = [];
  #names: string[] = [];
  #isPixel: boolean[] = [];
  readonly #mayHaveHeader: boolean;
  #hasHeader = false;
  #decimalComma = false;
  #column = 0;
  #grid: NumberGrid | undefined;
  #texts = new Map<number, Map<number, string>>();
  #interned = new Map<string, string>();
  #textSize = 0;
  #textCells = 0;
  readonly #maxTextCells: number;
  #rowNumbers: number[] = [];

  constructor(
    source: string,
    {
      mayHaveHeader = true,
      maxTextCells = MAX_TEXT_CELLS,
    }: { readonly mayHaveHeader?: boolean; readonly maxTextCells?: number } = {},
  ) {
    this.#source = source;
    this.#mayHaveHeader = mayHaveHeader;
    this.#maxTextCells = maxTextCells;
    this.#scanner = new CsvScanner(source, this);
  }

  push(chunk: Uint8Array): void {
    this.#scanner.push(chunk);
  }

  finish(): RawTable {
    this.#scanner.finish();
    const fail = (problem: string): never => {
      throw new FormatError(this.#source, problem);
    };
    if (this.#first !== undefined) return fail("must have rows, got an empty file");
    const grid = this.#grid;
    if (grid === undefined || grid.rows === 0) {
      return fail("must have rows below its header, got none");
    }
    return {
      source: this.#source,
      count: grid.rows,
      names: this.#names,
      hasHeader: this.#hasHeader,
      numbers: grid.numbers,
      texts: this.#texts,
      rowNumbers: Int32Array.from(this.#rowNumbers),
    };
  }

  nameOf(column: number): string | undefined {
    return this.#hasHeader ? this.#names[column] : undefined;
  }

  field(bytes: Uint8Array, start: number, end: number, quoted: boolean): void {
    const column = this.#column++;
    if (this.#first !== undefined) {
      if (column === MAX_COLUMNS) this.#fail(`must have at most ${MAX_COLUMNS} columns, got more`);
      this.#first.push({ text: this.#decode(bytes, start, end, quoted), quoted });
    } else if (column < this.#names.length) this.#cell(bytes, start, end, quoted);
  }

  endRow(): void {
    if (this.#first !== undefined) this.#begin(this.#first);
    else {
      if (this.#column !== this.#names.length) {
        throw new FormatError(
          this.#source,
          `row ${this.#scanner.row}: must have ${this.#names.length} fields like the first row, got ${this.#column}`,
        );
      }
      this.#rowNumbers.push(this.#scanner.row);
      this.#grid!.endRow();
    }
    this.#column = 0;
  }

  /** The first row: a header, or the first of the data. */
  #begin(first: readonly { text: string; quoted: boolean }[]): void {
    this.#decimalComma = this.#scanner.separator === SEMICOLON;
    this.#first = undefined;
    const isNumber = ({ text }: { text: string }) =>
      !Number.isNaN(longNumber(text, this.#decimalComma));
    const hasHeader = this.#mayHaveHeader && !first.some(isNumber);
    this.#names = first.map((_, index) => `column ${index + 1}`);
    if (hasHeader) this.#nameColumns(first.map(({ text }) => text));
    this.#hasHeader = hasHeader;
    this.#isPixel = this.#names.map((name) => PIXEL_NAME.test(name));
    this.#grid = new NumberGrid(this.#names.length, this.#source);
    if (hasHeader) return;
    const encoder = new TextEncoder();
    this.#column = 0;
    for (const { text, quoted } of first) {
      const bytes = encoder.encode(text);
      this.field(bytes, 0, bytes.length, quoted);
    }
    this.endRow();
  }

  #nameColumns(names: readonly string[]): void {
    const seen = new Set<string>();
    names.forEach((name, column) => {
      if (name === "") return;
      if (name.length > MAX_NAME) {
        this.#fail(`a name must have at most ${MAX_NAME} characters, got ${name.length}`, column);
      }
      if (seen.has(name)) {
        this.#fail(
          `names of columns must differ, got "${name}" twice; where columns have no names, say --label with a number`,
          column,
        );
      }
      seen.add(name);
      this.#names[column] = name;
    });
  }

  #cell(bytes: Uint8Array, start: number, end: number, quoted: boolean): void {
    const column = this.#column - 1;
    const grid = this.#grid!;
    let from = start;
    let to = end;
    while (from < to && bytes[from] === SPACE) from++;
    while (to > from && bytes[to - 1] === SPACE) to--;
    // One digit, as the ground of images has: most cells of the largest files.
    if (to - from === 1 && bytes[from] >= ZERO && bytes[from] <= ZERO + 9) {
      grid.add(bytes[from] - ZERO);
      return;
    }
    let value = shortNumber(bytes, from, to, this.#decimalComma);
    if (this.#isPixel[column]) {
      if (!(Number.isInteger(value) && value >= 0 && value <= 255)) {
        const text = this.#decode(bytes, from, to, quoted);
        const got = text === "" ? "nothing" : shortened(text);
        this.#fail(`a pixel must be a whole number from 0 to 255, got ${got}`, column);
      }
    } else if (Number.isNaN(value)) {
      const text = this.#decode(bytes, start, end, quoted);
      value = longNumber(text, this.#decimalComma);
      if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) {
        this.#fail(`a number must be finite, got ${shortened(text)}`, column);
      }
      if (Number.isNaN(value) && !saysMissing(text)) {
        this.#keepText(column, text);
        value = 0;
      }
    }
    grid.add(value);
  }

  #keepText(column: number, text: string): void {
    this.#textCells += 1;
    if (this.#textCells > this.#maxTextCells) {
      const most = this.#maxTextCells;
      this.#fail(`a table must have at most ${most} cells of texts, got more`, column);
    }
    let texts = this.#texts.get(column);
    if (texts === undefined) {
      texts = new Map();
      this.#texts.set(column, texts);
    }
    // Texts repeat, as categories do: each is kept once.
    let kept = this.#interned.get(text);
    if (kept === undefined) {
      kept = text;
      this.#interned.set(text, text);
      this.#textSize += text.length;
      if (this.#textSize > MAX_TEXT) {
        this.#fail(
          `the texts of a table must have at most ${MAX_TEXT} characters, got more`,
          column,
        );
      }
    }
    texts.set(this.#grid!.rows, kept);
  }

  #decode(bytes: Uint8Array, start: number, end: number, quoted: boolean): string {
    try {
      const text = this.#decoder.decode(bytes.subarray(start, end));
      return quoted ? text : text.trim();
    } catch {
      return this.#fail("must be UTF-8, got other bytes");
    }
  }

  #fail(problem: string, column = this.#column - 1): never {
    return this.#scanner.fail(problem, column);
  }
}

/** A field as an error quotes it. */
export function shortened(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);
}
