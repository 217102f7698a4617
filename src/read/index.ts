export { answersOf, thresholdFor } from "./decide.js";
export { type Framed, frameGlyph } from "./frame-glyph.js";
export { type Framing, modelInput } from "./model-input.js";
export { type Candidate, createReader, type Reader, type Reading } from "./reader.js";
export { fitTemperature } from "./temperature.js";
