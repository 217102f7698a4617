import { DeviceError } from "../../base/index.js";
import type { Backend, Program, SlotView } from "../backend.js";
import type { Plan, Slot } from "../plan.js";
import { refuseClosed } from "../refuse-closed.js";
import { ModuleBuilder } from "./assembler/module-builder.js";
import { f32x4, v128 } from "./assembler/opcodes.js";
import { emitStep } from "./kernels/emit-step.js";
import { type EmitterOptions, ProgramEmitter } from "./program-emitter.js";
import type { ThreadHost, WorkerHandle } from "./thread-host.js";

export interface WasmOptions {
  /** Threads that a step is shared among, the caller's own included; 1 when absent. */
  readonly threads?: number;
  /** Rounds after each multiplication, so that every machine gives the same bits. Half the speed. */
  readonly strict?: boolean;
  /**
   * Starts the other threads. Without one, where memory cannot be shared or where a worker fails to
   * start there is one thread; `description` then says why.
   */
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
    throw new DeviceError("wasm: the engine must know SIMD, got one without; use a newer one");
  }
  const fused = !strict && WebAssembly.validate(probe(true));
  let obstacle = asked === 1 ? undefined : obstacleToThreads(host);
  const alone = { threads: 1, fused, shareFrom };
  return {
    name: "wasm",
    get description() {
      return describe(fused, asked, obstacle);
    },
    async load(plan) {
      if (asked === 1 || host === undefined || obstacle !== undefined) return load(plan, alone);
      const program = await load(plan, { ...alone, threads: asked });
      try {
        await program.startWorkers(host, asked);
        return program;
      } catch (cause) {
        program.close();
        obstacle = `no worker could be started: ${(cause as Error).message}`;
        return load(plan, alone);
      }
    },
  };
}

function describe(fused: boolean, asked: number, obstacle: string | undefined): string {
  const variant = fused ? "SIMD with fused multiply-add" : "SIMD";
  const sharing = asked === 1 || obstacle !== undefined ? "1 thread" : `${asked} threads`;
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
  // Of browsers only; there memory can be made to be shared all the same, but not sent to a worker.
  if (globalThis.crossOriginIsolated === false) {
    return "memory cannot be shared; the page must be cross-origin isolated";
  }
  try {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    // The main thread of a page may not wait; the value differs, so elsewhere this returns at once.
    Atomics.wait(new Int32Array(memory.buffer), 0, 1, 0);
    return undefined;
  } catch {
    return "this thread may not wait; run in a worker";
  }
}

/** Makes a plan runnable, but for the workers. */
async function load(plan: Plan, options: EmitterOptions): Promise<WasmProgram> {
  const emitter = new ProgramEmitter(plan, options);
  for (const step of plan.steps) emitStep(emitter, step);
  const { bytes, pages, base } = emitter.finish();
  const memory = allocate(pages, options.threads > 1);
  const module = await WebAssembly.compile(bytes);
  const instance = await WebAssembly.instantiate(module, { engine: { memory } });
  return new WasmProgram(plan, { module, instance, memory, base });
}

function allocate(pages: number, shared: boolean): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  } catch (cause) {
    const size = (pages / 16).toFixed(1);
    const got = (cause as Error).message;
    throw new DeviceError(
      `wasm: a program of ${size} MiB must fit the memory, got "${got}"; use a smaller batch`,
      { cause },
    );
  }
}

interface Loaded {
  readonly module: WebAssembly.Module;
  readonly instance: WebAssembly.Instance;
  readonly memory: WebAssembly.Memory;
  readonly base: number;
}

class WasmProgram implements Program {
  readonly plan: Plan;
  /** The module's own functions, so that nothing stands between them and the caller. */
  prepare: () => void;
  run: () => void;
  #loaded: Loaded | undefined;
  readonly #workers: WorkerHandle[] = [];

  constructor(plan: Plan, loaded: Loaded) {
    this.plan = plan;
    this.#loaded = loaded;
    this.prepare = loaded.instance.exports.prepare as () => void;
    this.run = loaded.instance.exports.run as () => void;
  }

  /** Starts threads 1 to below `threads`, one after the other. */
  async startWorkers(host: ThreadHost, threads: number): Promise<void> {
    const { module, memory } = this.#loaded ?? refuseClosed();
    for (let thread = 1; thread < threads; thread++) {
      this.#workers.push(await host.spawn({ module, memory, thread, threads }));
    }
  }

  runBeside(work: () => void): void {
    const { start, join = this.run } = (this.#loaded ?? refuseClosed()).instance.exports;
    (start as (() => void) | undefined)?.();
    try {
      work();
    } finally {
      (join as () => void)();
    }
  }

  view({ offset, size, dtype }: Slot): SlotView {
    const { memory, base } = this.#loaded ?? refuseClosed();
    const View = dtype === "i32" ? Int32Array : Float32Array;
    return new View(memory.buffer, base + 4 * offset, size);
  }

  bytes({ offset, size }: Slot): Uint8Array {
    const { memory, base } = this.#loaded ?? refuseClosed();
    return new Uint8Array(memory.buffer, base + 4 * offset, size);
  }

  close(): void {
    if (this.#loaded === undefined) return;
    const { instance } = this.#loaded;
    this.#loaded = undefined;
    this.prepare = refuseClosed;
    this.run = refuseClosed;
    (instance.exports.stop as (() => void) | undefined)?.();
    for (const worker of this.#workers) worker.stop();
  }
}
