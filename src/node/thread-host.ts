import v8 from "node:v8";
import { Worker } from "node:worker_threads";

/** Runs in the worker; plain text, as a file of its own could not be found from a bundle. */
const script = `
const { parentPort, workerData } = require("node:worker_threads");
const { module, memory, thread } = workerData;
WebAssembly.instantiate(module, { engine: { memory } }).then(({ exports }) => {
  parentPort.postMessage("ready");
  exports.work(thread);
});`;

/**
 * Threads of Node for the engine's `wasm` backend: `wasmBackend({ threads, host: threadHost })`.
 *
 * Workers don't keep the process alive.
 */
export const threadHost = {
  prepare: enableRelaxedSimd,
  async spawn(start: {
    readonly module: object;
    readonly memory: object;
    readonly thread: number;
  }) {
    const { module, memory, thread } = start;
    const workerData = { module, memory, thread };
    const worker = new Worker(script, { eval: true, workerData });
    await new Promise((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
      worker.once("exit", () => reject(new Error("it ended before it was ready")));
    });
    worker.unref();
    return { stop: () => void worker.terminate() };
  },
};

/**
 * Turns on fused multiply-add in WebAssembly where Node knows it but keeps it switched off.
 *
 * To be called before anything is compiled. Node 22 has it on, and warns of a flag it does not know.
 */
export function enableRelaxedSimd(): void {
  if (Number.parseInt(process.versions.node, 10) < 22) {
    v8.setFlagsFromString("--experimental-wasm-relaxed-simd");
  }
}
