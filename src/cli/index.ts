export type { Interrupt, Io, TextStream } from "./io.js";
export { main } from "./main.js";
export { processIo } from "./process-io.js";
