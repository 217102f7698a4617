import type { FoundReading, Stage } from "../../src/read/index.js";
import type { Strokes } from "../ink/index.js";
import type { ModelSource } from "./models.js";

/** What lies on the desk: ink, or a picture's file. */
export type Subject =
  | { readonly type: "ink"; readonly strokes: Strokes }
  | { readonly type: "picture"; readonly file: File };

/** To the worker: read this, so. */
export interface ReadRequest {
  readonly subject: Subject;
  readonly model: ModelSource;
  /** Share of answers that may be wrong; as the model says if not given. */
  readonly maxError?: number;
  /** Whether the stages from picture to model are wanted, too. */
  readonly explain: boolean;
}

/** A model that is ready to read. */
export interface ReadyModel {
  readonly type: "ready";
  readonly model: string;
  readonly classes: readonly string[];
  /** Error rates that can be wished of it, largest first. */
  readonly errors: readonly number[];
  /** What computes, such as `wasm, SIMD, 1 thread`. */
  readonly engine: string;
  readonly modelBytes: number;
}

/** What was read of a subject. */
export interface ReadResult {
  readonly type: "result";
  readonly characters: readonly FoundReading[];
  /** Size of the picture that was read, in which the boxes of the characters are given. */
  readonly width: number;
  readonly height: number;
  /** The picture to look at, where a file was read. */
  readonly shown?: ImageBitmap;
  /** Where they were wanted: the stages of the whole picture, then of every character. */
  readonly stages?: ReadStages;
  readonly elapsedMs: number;
}

export interface ReadStages {
  readonly picture: readonly Stage[];
  /** In the order of the characters. */
  readonly characters: readonly (readonly Stage[])[];
}

/** The picture cannot be read, and why; the reader can. */
export interface Unreadable {
  readonly type: "unreadable";
  readonly reason: string;
}

/** The reader cannot work with this model, or not at all. */
export interface Failed {
  readonly type: "failed";
  readonly reason: string;
}

/** From the worker: `ready` for a model not used before, then one of the others for every request. */
export type WorkerMessage = ReadyModel | ReadResult | Unreadable | Failed;
