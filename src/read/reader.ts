import { preparedSize, ShapeError } from "../base/index.js";
import { type Picture, prepareImages, writePixels } from "../data/index.js";
import { type Backend, formatShape, sameShape } from "../engine/index.js";
import { compileInference, type InferenceProgram, type ModelFile } from "../nn/index.js";
import { answersOf, decide, thresholdFor } from "./decide.js";
import { modelInput } from "./model-input.js";

/** One answer and how sure the model is of it, from 0 to 1. */
export interface Candidate {
  readonly label: string;
  readonly confidence: number;
}

/** What a picture says, as far as the model can tell. */
export interface Reading {
  /**
   * `unsure`: the confidence is below the threshold. `nothing`: there is no ink, or the model is sure that it
   * is none of the characters it knows.
   */
  readonly status: "read" | "unsure" | "nothing";
  /** The likeliest class, `null` if there is nothing to read. */
  readonly label: string | null;
  readonly confidence: number;
  /** The likeliest classes, best first. */
  readonly top: readonly Candidate[];
  /** What the model saw, ink 255 on 0 unless it was trained otherwise, `[height, width]`. */
  readonly pixels: Uint8Array;
}

/** Reads pictures of one glyph with one model. */
export interface Reader {
  /** What it may answer. */
  readonly classes: readonly string[];
  /** Size of {@link Reading.pixels}. */
  readonly width: number;
  readonly height: number;
  /**
   * One reading per picture, in their order.
   *
   * @throws {DataError} where the model answers with what is no number: its weights are useless
   * @param options.top - how many candidates to give, 3 if not said
   */
  read(pictures: readonly Picture[], options?: { top?: number }): Reading[];
  close(): void;
}

/**
 * Makes a model ready to read.
 *
 * @param options.batchSize - pictures the model sees at once, 1 if not said; any number can be read
 * @param options.maxError - share of answers that may be wrong, from which the threshold follows; the
 * model's own threshold if not said
 */
export async function createReader(
  file: ModelFile,
  backend: Backend,
  { batchSize = 1, maxError }: { batchSize?: number; maxError?: number | undefined } = {},
): Promise<Reader> {
  const { width, height } = preparedSize(file.preprocessing, file.prepare ?? []);
  if (!sameShape(file.model.input, [height, width, 1])) {
    throw new ShapeError(
      `createReader: the model's input must be ${formatShape([height, width, 1])}, as its preprocessing says, got ${formatShape(file.model.input)}`,
    );
  }
  const threshold = thresholdFor(file.reading, maxError);
  const program = await compileInference(file.model, file.weights, { batchSize, backend });
  return {
    classes: answersOf(file.classes),
    width,
    height,
    read: (pictures, { top = 3 } = {}) => readAll(pictures, file, program, { threshold, top }),
    close: () => program.close(),
  };
}

function readAll(
  pictures: readonly Picture[],
  file: ModelFile,
  program: InferenceProgram,
  options: { readonly threshold: number; readonly top: number },
): Reading[] {
  const { preprocessing, prepare = [] } = file;
  const framing = preprocessing.framing === "none" ? "auto" : "ink";
  const readings = new Array<Reading>(pictures.length);
  const glyphs: { index: number; pixels: Uint8Array }[] = [];
  pictures.forEach((picture, index) => {
    const input = modelInput(picture, preprocessing, { framing });
    if (input.status === "glyph") {
      const image = { ...preprocessing, count: 1, channels: 1, images: input.pixels };
      glyphs.push({ index, pixels: prepareImages(image, prepare).images });
    } else readings[index] = nothing(program.inputs.length / program.batchSize);
  });
  const { batchSize, inputs, outputs } = program;
  const classes = outputs.length / batchSize;
  for (let start = 0; start < glyphs.length; start += batchSize) {
    const batch = glyphs.slice(start, start + batchSize);
    batch.forEach(({ pixels }, slot) => {
      writePixels(pixels, inputs, slot * pixels.length);
    });
    program.run();
    batch.forEach(({ index, pixels }, slot) => {
      const logits = outputs.subarray(slot * classes, (slot + 1) * classes);
      readings[index] = { ...decide(logits, file, options), pixels };
    });
  }
  return readings;
}

function nothing(size: number): Reading {
  return { status: "nothing", label: null, confidence: 0, top: [], pixels: new Uint8Array(size) };
}
