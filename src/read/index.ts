export { charactersAmong } from "./characters-among.js";
export { answersOf, thresholdFor } from "./decide.js";
export { type Framed, type FramedGlyph, frameGlyph, frameGlyphs } from "./frame-glyph.js";
export { type Framing, modelInput, modelInputs } from "./model-input.js";
export {
  type Candidate,
  createReader,
  type FoundReading,
  type Reader,
  type Reading,
  type ReadOptions,
} from "./reader.js";
export { collectStages, type Stage, type StageName, stageCaptions, type Watch } from "./watch.js";
