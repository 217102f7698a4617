import { DataError, NOT_A_CHARACTER } from "../../base/index.js";
import { countsPerClass, type ImageSet, sampleShape } from "../../data/index.js";
import { expectSampleShape, type ModelFile } from "../../nn/index.js";
import { cutHead } from "./cut-head.js";

/** Examples of a class at least: one to learn from and one to be held out. */
const FEWEST = 2;

/** Fails unless a model can learn from examples: their shape, at least two classes, at least two of each. */
export function expectExamples(file: ModelFile, examples: ImageSet): void {
  cutHead(file);
  expectSampleShape("adapt", file.model, sampleShape(examples));
  const { classes } = examples;
  if (classes.length < 2) {
    throw new DataError(
      `adapt: examples must be of two classes at least, got ${classes.length === 0 ? "none" : `only "${classes[0]}"`}; add some of what the model knows`,
    );
  }
  if (classes.includes(NOT_A_CHARACTER)) {
    throw new DataError(
      `adapt: "${NOT_A_CHARACTER}" is what a model calls what it cannot read, got it as a class of the examples; name it otherwise or leave it out`,
    );
  }
  const counts = countsPerClass(examples);
  const rare = counts.findIndex((count) => count < FEWEST);
  if (rare < 0) return;
  throw new DataError(
    `adapt: examples must be ${FEWEST} of a class at least, got ${counts[rare]} of "${classes[rare]}"`,
  );
}
