import { preparedSize, ShapeError } from "../base/index.js";
import { type Box, type Picture, prepareImages, writePixels } from "../data/index.js";
import { type Backend, formatShape, sameShape } from "../engine/index.js";
import { compileInference, type InferenceProgram, type ModelFile } from "../nn/index.js";
import { answersOf, decide, thresholdFor } from "./decide.js";
import { modelInput, modelInputs } from "./model-input.js";
import type { Watch } from "./watch.js";

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

/** A reading of one character among others. */
export interface FoundReading extends Reading {
  /** Where the character stands, in pixels of the picture. */
  readonly box: Box;
  /** Which row it stands in, from 0. */
  readonly row: number;
}

export interface ReadOptions {
  /** How many candidates to give, 3 if not said. */
  readonly top?: number;
  /** Is shown what a picture goes through on its way to the model; see {@link collectStages}. */
  readonly watch?: Watch;
}

/** Reads pictures of handwritten characters with one model. */
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
   */
  read(pictures: readonly Picture[], options?: ReadOptions): Reading[];
  /**
   * The isolated characters of every picture, one reading each: rows from top to bottom, in each from
   * left to right; none where there is no ink. A picture of one character gives what `read` gives.
   *
   * @throws {DataError} as `read` does
   */
  find(pictures: readonly Picture[], options?: ReadOptions): FoundReading[][];
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
    read(pictures, { top = 3, watch } = {}) {
      const framing = file.preprocessing.framing === "none" ? "auto" : "ink";
      const inputs = pictures.map((picture) =>
        modelInput(picture, file.preprocessing, { framing, ...(watch && { watch }) }),
      );
      const glyphs = inputs.flatMap((input) => (input.status === "glyph" ? [input.pixels] : []));
      const answers = answerAll(glyphs, file, program, { threshold, top }).values();
      return inputs.map(({ status }) =>
        status === "glyph" ? answers.next().value! : nothing(width * height),
      );
    },
    find(pictures, { top = 3, watch } = {}) {
      const found = pictures.map((picture) => modelInputs(picture, file.preprocessing, watch));
      const images = found.flat().map(({ pixels }) => pixels);
      const answers = answerAll(images, file, program, { threshold, top }).values();
      return found.map((glyphs) =>
        glyphs.map(({ box, row }) => ({ ...answers.next().value!, box, row })),
      );
    },
    close: () => program.close(),
  };
}

type Answering = { readonly threshold: number; readonly top: number };

/** What the model answers to images framed for it. */
function answerAll(
  framed: readonly Uint8Array[],
  file: ModelFile,
  program: InferenceProgram,
  options: Answering,
): Reading[] {
  const { preprocessing, prepare = [] } = file;
  const images = framed.map((pixels) => {
    const image = { ...preprocessing, count: 1, channels: 1, images: pixels };
    return prepareImages(image, prepare).images;
  });
  const { batchSize, inputs, outputs } = program;
  const classes = outputs.length / batchSize;
  const readings: Reading[] = [];
  for (let start = 0; start < images.length; start += batchSize) {
    const batch = images.slice(start, start + batchSize);
    batch.forEach((pixels, slot) => {
      writePixels(pixels, inputs, slot * pixels.length);
    });
    program.run();
    batch.forEach((pixels, slot) => {
      const logits = outputs.subarray(slot * classes, (slot + 1) * classes);
      readings.push({ ...decide(logits, file, options), pixels });
    });
  }
  return readings;
}

function nothing(size: number): Reading {
  return { status: "nothing", label: null, confidence: 0, top: [], pixels: new Uint8Array(size) };
}
