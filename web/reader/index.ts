export { type Answered, LiveReading, type ReaderState } from "./live-reading.js";
export type { ReadRequest, ReadStages, Subject } from "./messages.js";
export { bundledModels, type ModelSource } from "./models.js";
