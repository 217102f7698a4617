import { DeviceError } from "../../base/index.js";
import type { Backend, Program, SlotView } from "../backend.js";
import type { Plan, Slot } from "../plan.js";
import { ModuleBuilder } from "./assembler/module-builder.js";
import { f32x4, v128 } from "./assembler/opcodes.js";
import { emitStep } from "./kernels/index.js";
import { ProgramEmitter } from "./program-emitter.js";
import type { ThreadHost, WorkerHandle } from "./thread-host.js";

export interface WasmOptions {
  /** Threads that a step is shared among, the caller's own included; 1 when absent. */
  readonly threads?: number;
  /** Rounds after each multiplication, so that every machine gives the same bits. Half the speed. */
  readonly strict?: boolean;
  /** Starts the other threads. Without one, or where memory cannot be shared, there is one thread. */
  readonly host?: ThreadHost;
  /**
   * About how many numbers a phase must compute to be shared among the threads; less is done sooner
   * than they have met. 20,000 when absent, some 2 µs; 0 shares all there is, which is for tests.
   */
  readonly shareFrom?: number;
}

/**
 * The fast backend: one WebAssembly module per plan, of SIMD kernels made for its shapes.
 *
 * Results do not depend on the number of threads. They do on fused multiply-add, which the module
 * uses where the engine offers it, unless `strict`.
 */
export async function wasmBackend(options: WasmOptions = {}): Promise<Backend> {
  const { threads: asked = 1, strict = false, host, shareFrom = 20_000 } = options;
  if (!Number.isInteger(asked) || asked < 1 || asked > 64) {
    throw new TypeError(`wasmBackend: threads must be an integer from 1 to 64, got ${asked}`);
  }
  host?.prepare?.();
  if (!WebAssembly.validate(probe(false))) {
    throw new DeviceError("wasm: the engine must know SIMD, it does not; use a newer one");
  }
  const fused = !strict && WebAssembly.validate(probe(true));
  const obstacle = asked === 1 ? undefined : obstacleToThreads(host);
  const threads = obstacle === undefined ? asked : 1;
  const setting = { threads, fused, host, shareFrom };
  return {
    name: "wasm",
    description: describe(fused, threads, obstacle),
    load: (plan) => load(plan, setting),
  };
}

function describe(fused: boolean, threads: number, obstacle: string | undefined): string {
  const variant = fused ? "SIMD with fused multiply-add" : "SIMD";
  const sharing = threads === 1 ? "1 thread" : `${threads} threads`;
  return `wasm, ${variant}, ${sharing}${obstacle === undefined ? "" : ` (${obstacle})`}`;
}

/** A module that is valid where the instructions we need are known. */
function probe(fused: boolean): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder(fused);
  module.function(0, (f) => {
    const x = f32x4.loadSplat(0);
    f.do(v128.store(0, f.madd(x, x, x)));
  });
  return module.encode({ pages: 1, shared: false });
}

/** Why there can be only one thread here, if so. */
function obstacleToThreads(host: ThreadHost | undefined): string | undefined {
  if (host === undefined) return "no thread host";
  try {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    // The main thread of a page may not wait; the value differs, so elsewhere this returns at once.
    Atomics.wait(new Int32Array(memory.buffer), 0, 1, 0);
    return undefined;
  } catch {
    return typeof SharedArrayBuffer === "undefined"
      ? "memory cannot be shared; the page must be cross-origin isolated"
      : "this thread may not wait; run in a worker";
  }
}

interface Setting {
  readonly threads: number;
  readonly fused: boolean;
  readonly host: ThreadHost | undefined;
  readonly shareFrom: number;
}

async function load(plan: Plan, setting: Setting): Promise<Program> {
  const { threads, host } = setting;
  const emitter = new ProgramEmitter(plan, setting);
  for (const step of plan.steps) emitStep(emitter, step);
  const { bytes, pages, base } = emitter.finish();
  const shared = threads > 1;
  const memory = allocate(pages, shared);
  const module = await WebAssembly.compile(bytes);
  const instance = await WebAssembly.instantiate(module, { engine: { memory } });
  const workers: WorkerHandle[] = [];
  const program = new WasmProgram(plan, { instance, memory, base, workers });
  if (host === undefined) return program;
  try {
    for (let thread = 1; thread < threads; thread++) {
      workers.push(await host.spawn({ module, memory, thread, threads }));
    }
  } catch (cause) {
    program.close();
    throw new DeviceError(`wasm: ${threads} threads must start, they did not`, { cause });
  }
  return program;
}

function allocate(pages: number, shared: boolean): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  } catch (cause) {
    const size = (pages / 16).toFixed(1);
    throw new DeviceError(`wasm: ${size} MiB must be free, they are not; use a smaller batch`, {
      cause,
    });
  }
}

interface Loaded {
  readonly instance: WebAssembly.Instance;
  readonly memory: WebAssembly.Memory;
  readonly base: number;
  readonly workers: WorkerHandle[];
}

class WasmProgram implements Program {
  readonly plan: Plan;
  readonly prepare: () => void;
  readonly run: () => void;
  readonly #loaded: Loaded;
  #closed = false;

  constructor(plan: Plan, loaded: Loaded) {
    this.plan = plan;
    this.#loaded = loaded;
    this.prepare = loaded.instance.exports.prepare as () => void;
    this.run = loaded.instance.exports.run as () => void;
  }

  view({ offset, size, dtype }: Slot): SlotView {
    const { memory, base } = this.#loaded;
    const View = dtype === "i32" ? Int32Array : Float32Array;
    return new View(memory.buffer, base + 4 * offset, size);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const { instance, workers } = this.#loaded;
    (instance.exports.stop as (() => void) | undefined)?.();
    for (const worker of workers) worker.stop();
  }
}
