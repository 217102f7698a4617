/**
 * Everything that runs in Node and in browsers alike. Each room is also an entry of its own
 * (`inkling/nn`, `inkling/read` …); files, downloads and threads of Node are `inkling/node`.
 */
export * from "./base/index.js";
export * from "./data/index.js";
export {
  type Backend,
  browserThreadHost,
  type Program,
  referenceBackend,
  type Shape,
  type SlotView,
  type ThreadHost,
  type WasmOptions,
  wasmBackend,
} from "./engine/index.js";
export * from "./evaluate/index.js";
export * from "./nn/index.js";
export * from "./read/index.js";
export * from "./train/index.js";
export * from "./zoo/index.js";
