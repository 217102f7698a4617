import type { ImageSet } from "../../data/index.js";
import type { Backend } from "../../engine/index.js";
import type { ModelFile } from "../../nn/index.js";

/** What of a model learns: `head`, its last dense layer, in seconds; `all`, every layer. */
export type AdaptedPart = "head" | "all";

export interface AdaptOptions {
  /** `head` if not said. */
  readonly only?: AdaptedPart;
  /** How often every image is seen; as measured to be best for the part if not said. */
  readonly epochs?: number;
  /** `add` keeps the model's classes beside new ones, `replace` only that of what is no character; `add` if not said. */
  readonly classes?: "add" | "replace";
  /**
   * Images of what the model knows, of its classes, learned together with the examples so that it does not
   * forget; see {@link rehearsalFor}. None if absent.
   */
  readonly rehearsal?: ImageSet | undefined;
  /** Decides which examples are held out, how copies are deformed and the order of the images. */
  readonly seed: number;
  readonly backend: Backend;
  /** Once aborted, learning stops after the step it is in; what comes out then is of no use. */
  readonly signal?: AbortSignal;
  /** Is told how far the piece of work at hand is, from 0 to 1. */
  readonly onProgress?: (what: string, share: number) => void;
}

/** What models answered to examples that they did not learn from. */
export interface HeldOut {
  /** `split`: one part was held out; `folds`: each of several parts in turn, from a training of its own. */
  readonly how: "split" | "folds";
  /** Class index per example, `[n]`, by the classes of the adapted model. */
  readonly labels: Int32Array;
  /** Logits of the model as it was, `[n, classes]`; of its new classes they mean nothing. */
  readonly before: Float32Array;
  /** Logits of models that learned from the other examples only, `[n, classes]`. */
  readonly after: Float32Array;
  /** Share of the examples read right, where it is known that each shows a character. */
  readonly accuracy: { readonly before: number; readonly after: number };
}

/** An adapted model, and how it reads examples that were held out. */
export interface Adaptation {
  /** How sure its readings must be is what it was; see `fitReading` of `inkling/evaluate`. */
  readonly file: ModelFile;
  readonly heldOut: HeldOut;
}
