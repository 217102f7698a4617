import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Reading } from "../../src/read/index.js";
import type { Strokes } from "../ink/index.js";
import type { ReadRequest, WorkerMessage } from "./messages.js";

type Ready = Extract<WorkerMessage, { type: "ready" }>;

export type ReaderState =
  | { readonly type: "loading" }
  | Ready
  | { readonly type: "failed"; readonly reason: string };

/**
 * The reading of ink while it is being drawn.
 *
 * The worker has one drawing at a time. What changes meanwhile waits, and only the newest of it
 * is read next: a slow machine shows fewer readings, never late ones.
 */
export class LiveReading {
  readonly state = signal<ReaderState>({ type: "loading" });
  /** Of the newest drawing that was read. */
  readonly reading = signal<Reading | undefined>(undefined);
  readonly elapsedMs = signal(0);

  readonly #strokes: ReadonlySignal<Strokes>;
  readonly #worker: Worker;
  #busy = true;
  #sent: Strokes | undefined;

  constructor(strokes: ReadonlySignal<Strokes>) {
    this.#strokes = strokes;
    this.#worker = new Worker(new URL("./reading-worker.ts", import.meta.url), { type: "module" });
    this.#worker.addEventListener("message", ({ data }) => this.#receive(data));
    this.#worker.addEventListener("error", ({ message }) =>
      this.#fail(message || "the reader could not be loaded"),
    );
    effect(() => this.#readNewest());
  }

  #receive(message: WorkerMessage): void {
    switch (message.type) {
      case "failed":
        this.#fail(message.reason);
        return;
      case "ready":
        this.state.value = message;
        break;
      case "reading":
        this.reading.value = message.reading;
        this.elapsedMs.value = message.elapsedMs;
    }
    this.#busy = false;
    this.#readNewest();
  }

  #readNewest(): void {
    const strokes = this.#strokes.value;
    if (this.#busy || strokes === this.#sent) return;
    this.#busy = true;
    this.#sent = strokes;
    const request: ReadRequest = { strokes };
    this.#worker.postMessage(request);
  }

  #fail(reason: string): void {
    this.#worker.terminate();
    this.#busy = true;
    this.state.value = { type: "failed", reason };
  }
}
