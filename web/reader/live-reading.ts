import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { FoundReading } from "../../src/read/index.js";
import type {
  Failed,
  ReadRequest,
  ReadResult,
  ReadyModel,
  Unreadable,
  WorkerMessage,
} from "./messages.js";

export type ReaderState = { readonly type: "loading" } | ReadyModel | Failed;

/** What was read last, and what of. */
export interface Answered {
  readonly request: ReadRequest;
  readonly result: ReadResult | Unreadable;
}

/**
 * The reading of what lies on the desk, while it is being drawn.
 *
 * The worker has one request at a time. What changes meanwhile waits, and only the newest of it
 * is read next: a slow machine shows fewer readings, never late ones.
 */
export class LiveReading {
  readonly state = signal<ReaderState>({ type: "loading" });
  readonly answered = signal<Answered | undefined>(undefined);
  /** The characters that were read. */
  readonly characters = computed<readonly FoundReading[]>(() => {
    const result = this.answered.value?.result;
    return result?.type === "result" ? result.characters : [];
  });
  /** Which of several characters is looked at, as long as there are so many. */
  readonly chosen = signal(0);
  /** The place of the character that is looked at. */
  readonly index = computed(() => Math.min(this.chosen.value, this.characters.value.length - 1));
  /** The character that is looked at. */
  readonly reading = computed(() => this.characters.value[this.index.value]);

  readonly #wanted: ReadonlySignal<ReadRequest>;
  readonly #worker: Worker;
  /** What the worker is busy with. */
  #asked: ReadRequest | undefined;
  #last: ReadRequest | undefined;

  /** @param wanted - what is to be read now */
  constructor(wanted: ReadonlySignal<ReadRequest>) {
    this.#wanted = wanted;
    this.#worker = new Worker(new URL("./reading-worker.ts", import.meta.url), { type: "module" });
    this.#worker.addEventListener("message", ({ data }) => this.#receive(data));
    this.#worker.addEventListener("error", ({ message }) => {
      const reason = message || "the reader could not be loaded";
      this.state.value = { type: "failed", reason };
    });
    effect(() => this.#askNewest());
  }

  #receive(message: WorkerMessage): void {
    if (message.type === "ready") {
      this.state.value = message;
      return;
    }
    if (message.type === "failed") this.state.value = message;
    else if (this.#asked !== undefined) {
      this.answered.value = { request: this.#asked, result: message };
    }
    this.#asked = undefined;
    this.#askNewest();
  }

  #askNewest(): void {
    const request = this.#wanted.value;
    if (this.#asked !== undefined || request === this.#last) return;
    // What failed with a model fails again; with another it may not.
    const hasFailed = this.state.value.type === "failed";
    if (hasFailed && request.model.name === this.#last?.model.name) return;
    this.#asked = this.#last = request;
    this.#worker.postMessage(request);
  }
}
