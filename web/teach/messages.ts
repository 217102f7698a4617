import type { BeforeAndAfter } from "../../src/evaluate/index.js";
import type { ModelSource } from "../reader/index.js";
import type { Example } from "./example.js";

/** To the worker: teach this model these examples. */
export interface LearnRequest {
  readonly model: ModelSource;
  readonly examples: readonly Example[];
}

/** A model that learned, and how it reads compared with the one it was. */
export interface Learned {
  readonly type: "learned";
  /** An `.inkling` file. */
  readonly file: Blob;
  /** Labels that the model did not know before. */
  readonly added: readonly string[];
  readonly seconds: number;
  /** On examples that were held out. */
  readonly fresh: BeforeAndAfter;
  /** On drawings of what it knew; absent where they cannot be drawn. */
  readonly old?: BeforeAndAfter;
  /** Which of the two speaks against it. */
  readonly worse?: BeforeAndAfter;
}

/** From the worker: how far it is, from 0 to 1, and in the end one of the others. */
export type LearningMessage =
  | { readonly type: "progress"; readonly what: string; readonly share: number }
  | Learned
  | { readonly type: "failed"; readonly reason: string };
