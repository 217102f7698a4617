export { LiveReading, type ReaderState } from "./live-reading.js";
