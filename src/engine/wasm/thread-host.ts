/** What a worker needs to take part in a program. */
export interface WorkerStart {
  /** A `WebAssembly.Module` and a `WebAssembly.Memory`; Node's types have no names for them. */
  readonly module: object;
  readonly memory: object;
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
  /** Resolves when the worker is about to call `work`; rejects when it never will. */
  spawn(start: WorkerStart): Promise<WorkerHandle>;
}

/** Runs in the worker; plain text, as a file of its own could not be found from every bundle. */
const script = `
onmessage = ({ data: { module, memory, thread } }) => {
  WebAssembly.instantiate(module, { engine: { memory } }).then(({ exports }) => {
    postMessage("ready");
    exports.work(thread);
  }).catch(({ message }) => postMessage(message));
};
onmessageerror = () => postMessage("the program could not be sent to it");`;

/**
 * Threads of a browser: `wasmBackend({ threads, host: browserThreadHost })`, called in a worker.
 *
 * The page must be cross-origin isolated, and a content security policy, if it has one, must have
 * `blob:` among its `worker-src`.
 */
export const browserThreadHost: ThreadHost = {
  async spawn(start) {
    const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    try {
      const worker = new Worker(address);
      await answerOf(worker, start).catch((error) => {
        worker.terminate();
        throw error;
      });
      return { stop: () => worker.terminate() };
    } finally {
      URL.revokeObjectURL(address);
    }
  },
};

function answerOf(worker: Worker, start: WorkerStart): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data === "ready" ? resolve() : reject(new Error(data)));
    // A worker that its page's policy forbids fails without a message.
    worker.onerror = ({ message }) => reject(new Error(message ?? "the browser refused it"));
    worker.postMessage(start);
  });
}
