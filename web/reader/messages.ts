import type { Reading } from "../../src/read/index.js";
import type { Strokes } from "../ink/index.js";

/** To the worker: read this ink. It answers every one with a `reading`, in order. */
export interface ReadRequest {
  readonly strokes: Strokes;
}

/** From the worker: first `ready` or `failed`, then the readings. */
export type WorkerMessage =
  | {
      readonly type: "ready";
      readonly classes: readonly string[];
      /** Width and height of the model's input, in pixels. */
      readonly width: number;
      readonly height: number;
      /** What computes, such as `wasm, SIMD, 1 thread`. */
      readonly engine: string;
      readonly modelBytes: number;
    }
  | { readonly type: "reading"; readonly reading: Reading; readonly elapsedMs: number }
  | { readonly type: "failed"; readonly reason: string };
