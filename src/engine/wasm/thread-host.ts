/** What a worker needs to take part in a program. */
export interface WorkerStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Number of the worker, from 1; thread 0 is the caller's own. */
  readonly thread: number;
  readonly threads: number;
}

/** A worker that runs until it is stopped. */
export interface WorkerHandle {
  stop(): void;
}

/**
 * Starts threads, which every platform does its own way.
 *
 * A worker instantiates `module` with the imports `{ engine: { memory } }` and calls its export
 * `work(thread)`, which returns when the program is closed. It must not keep the process alive.
 */
export interface ThreadHost {
  /** Called once before anything is compiled: the place to turn on what a platform has switched off. */
  prepare?(): void;
  /** Resolves when the worker is about to call `work`. */
  spawn(start: WorkerStart): Promise<WorkerHandle>;
}

const script = `
onmessage = async ({ data: { module, memory, thread } }) => {
  const { exports } = await WebAssembly.instantiate(module, { engine: { memory } });
  postMessage("ready");
  exports.work(thread);
};`;

/** Threads of a browser; to be had only where the page is cross-origin isolated. */
export const browserThreadHost: ThreadHost = {
  async spawn(start) {
    const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    const worker = new Worker(address);
    try {
      await new Promise((resolve, reject) => {
        worker.onmessage = resolve;
        worker.onerror = reject;
        worker.postMessage(start);
      });
    } finally {
      URL.revokeObjectURL(address);
    }
    return { stop: () => worker.terminate() };
  },
};
