// The most multiply-adds this processor does through WebAssembly: none waits for another or for
// memory. Twelve running sums, as many as fit the registers beside two factors.
import { Worker } from "node:worker_threads";
import { ModuleBuilder } from "../../dist/engine/wasm/assembler/module-builder.js";
import { v128 } from "../../dist/engine/wasm/assembler/opcodes.js";
import { enableRelaxedSimd } from "../../dist/node/index.js";

const SUMS = 12;
const LANES = 4;
/** Multiply-adds of each sum in a call, some 50 µs: long beside the call, short beside the clock. */
const ROUNDS = 20_000;
const FLOPS = 2 * LANES * SUMS * ROUNDS;

/** In a worker: answers each message, a moment to begin at and a number of seconds, with FLOP/s. */
const script = `
const { parentPort, workerData } = require("node:worker_threads");
const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
const { run } = new WebAssembly.Instance(workerData.module, { engine: { memory } }).exports;
new Float32Array(memory.buffer).fill(0.5);
parentPort.on("message", (seconds) => {
  const start = performance.now();
  let calls = 0;
  do {
    run();
    calls += 1;
  } while (performance.now() - start < seconds * 1000);
  parentPort.postMessage((calls * ${FLOPS}) / ((performance.now() - start) / 1000));
});`;

/** GFLOP/s of `threads` threads together. */
export function measurePeak(threads) {
  enableRelaxedSimd();
  const fused = WebAssembly.validate(peakModule(true));
  const module = new WebAssembly.Module(peakModule(fused));
  const workers = Array.from(
    { length: threads },
    () => new Worker(script, { eval: true, workerData: { module } }),
  );
  const measure = async (seconds) => {
    const rates = await Promise.all(workers.map((worker) => ask(worker, seconds)));
    return rates.reduce((sum, rate) => sum + rate, 0) / 1e9;
  };
  const instruction = fused ? "fused multiply-add" : "a product, then a sum";
  const close = () => {
    for (const worker of workers) worker.terminate();
  };
  return { measure, close, note: `128-bit vectors, ${instruction}` };
}

function ask(worker, seconds) {
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.postMessage(seconds);
  });
}

/** `s ← s·x + y` for every sum s; with x = y = 0.5 all stay near 1. */
function peakModule(fused) {
  const module = new ModuleBuilder(fused);
  const run = module.function(0, (f) => {
    const x = f.let(v128.load(0));
    const y = f.let(v128.load(0, 16));
    const sums = Array.from({ length: SUMS }, (_, i) => f.let(v128.load(0, 64 + 16 * i)));
    f.for(0, ROUNDS, 1, () => {
      for (const sum of sums) f.set(sum, f.madd(sum, x, y));
    });
    sums.forEach((sum, i) => {
      f.do(v128.store(64 + 16 * i, sum));
    });
  });
  module.export("run", run);
  return module.encode({ pages: 1, shared: false });
}
