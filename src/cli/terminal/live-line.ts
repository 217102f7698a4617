import type { TextStream } from "../io.js";

/** Redraws at most this often: 25 times a second. */
const REDRAW_MS = 40;

/** The last line of a terminal, drawn again and again in place; lines printed go above it. */
export class LiveLine {
  readonly #stream: TextStream;
  #shown = "";
  #drawnAt = Number.NEGATIVE_INFINITY;

  constructor(stream: TextStream) {
    this.#stream = stream;
  }

  /** Time to draw again? Asked first, so that text is made only when it will be seen. */
  get isDue(): boolean {
    return performance.now() - this.#drawnAt >= REDRAW_MS;
  }

  /** @param text - must fit {@link TextStream.columns}; it is not wrapped */
  draw(text: string): void {
    this.#shown = text;
    this.#drawnAt = performance.now();
    this.#stream.write(`\r${text}\x1b[K`);
  }

  /** Writes a line that stays, above the live one. */
  print(line: string): void {
    this.#stream.write(`\r\x1b[K${line}\n${this.#shown}`);
  }

  /** Takes the live line away. */
  clear(): void {
    if (this.#shown !== "") this.#stream.write("\r\x1b[K");
    this.#shown = "";
  }
}
