/** What the worker says: how it trained, and what came of it. */
export interface Trained {
  readonly description: string;
  /** The digest of the weights. */
  readonly weights: string;
}

/** Trains in a worker, for the thread of a page may not wait. For the test to call. */
function trainOn(threads: number): Promise<Trained> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(threads);
  });
}

Object.assign(globalThis, { trainOn });
