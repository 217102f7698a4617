import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { ModelSource } from "../reader/index.js";
import { type Example, whatIsMissing } from "./example.js";
import type { Learned, LearningMessage, LearnRequest } from "./messages.js";

export type TeachingState =
  | { readonly type: "collecting" }
  | { readonly type: "learning"; readonly what: string; readonly share: number }
  | (Learned & { readonly name: string; readonly isKept: boolean })
  | { readonly type: "failed"; readonly reason: string };

/** Models to read with: those there are, and which of them does. */
export interface Shelf {
  readonly models: { value: readonly ModelSource[] };
  readonly model: ReadonlySignal<ModelSource>;
  readonly chooseModel: (model: ModelSource) => void;
}

/**
 * Characters of one's own hand, and the model that learns them.
 *
 * Learning always begins with the bundled model, so that what was taken out is unlearned.
 */
export class Teaching {
  readonly state = signal<TeachingState>({ type: "collecting" });
  /** The bundled model that reads, or that the one that reads was taught from. */
  readonly base = computed(() => this.#shelf.model.value.taughtFrom ?? this.#shelf.model.value);
  /** The characters collected for it. */
  readonly examples = computed(() =>
    this.#examples.value.filter(({ model }) => model === this.base.value.name),
  );
  readonly missing = computed(() => whatIsMissing(this.examples.value));

  readonly #shelf: Shelf;
  readonly #examples = signal<readonly Example[]>([]);
  #worker: Worker | undefined;
  #count = 0;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  add(label: string, pixels: Uint8Array): void {
    const example = { label, pixels, model: this.base.value.name };
    this.#examples.value = [...this.#examples.value, example];
  }

  remove(example: Example): void {
    this.#examples.value = this.#examples.value.filter((other) => other !== example);
  }

  /** Learns in a worker of its own: reading goes on meanwhile. */
  learn(): void {
    this.stop();
    const base = this.base.value;
    this.state.value = { type: "learning", what: "beginning", share: 0 };
    this.#worker = new Worker(new URL("./learning-worker.ts", import.meta.url), { type: "module" });
    this.#worker.addEventListener("message", ({ data }) => this.#receive(data, base));
    this.#worker.addEventListener("error", ({ message }) =>
      this.#end({ type: "failed", reason: message || "what learns could not be loaded" }),
    );
    const request: LearnRequest = { model: base, examples: this.examples.value };
    this.#worker.postMessage(request);
  }

  stop(): void {
    this.#end({ type: "collecting" });
  }

  /** Reads with what was learned, though it reads something less well. */
  keep(): void {
    const state = this.state.value;
    if (state.type !== "learned" || state.isKept) return;
    this.#read(state, state.name, this.base.value);
    this.state.value = { ...state, isKept: true };
  }

  /** Goes back to the bundled model; the characters stay. */
  forget(): void {
    const { models, chooseModel } = this.#shelf;
    const base = this.base.value;
    models.value = models.value.filter(({ taughtFrom }) => taughtFrom?.name !== base.name);
    chooseModel(base);
    this.stop();
  }

  #receive(message: LearningMessage, base: ModelSource): void {
    if (message.type === "progress") this.state.value = { ...message, type: "learning" };
    else if (message.type === "failed") this.#end(message);
    else {
      this.#count += 1;
      const name = `${base.name}, taught${this.#count > 1 ? ` ${this.#count}` : ""}`;
      const isKept = message.worse === undefined;
      this.#end({ ...message, name, isKept });
      if (isKept) this.#read(message, name, base);
    }
  }

  #read({ file }: Learned, name: string, base: ModelSource): void {
    const { models, chooseModel } = this.#shelf;
    const taught: ModelSource = { name, from: file, taughtFrom: base };
    const others = models.value.filter(({ taughtFrom }) => taughtFrom?.name !== base.name);
    models.value = [...others, taught];
    chooseModel(taught);
  }

  #end(state: TeachingState): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.state.value = state;
  }
}
