import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it, vi } from "vitest";
import { DeviceError } from "../src/base/index.js";
import {
  Graph,
  lower,
  type Program,
  referenceBackend,
  relu,
  type ThreadHost,
  type WorkerHandle,
  wasmBackend,
} from "../src/engine/index.js";
import { threadHost } from "../src/node/index.js";
import { start, train, trainingPlan, weightsOf } from "./training-step.js";

/** Bytes of the smallest thing that a step could take. */
const SMALLEST_OBJECT = 16;

/**
 * How much more memory is in use after a stretch of steps than before: the least of three stretches,
 * for what the engine does for itself, such as compiling, is in one or the other.
 */
function growthOver(steps: number, program: Program, measure = memoryInUse): number {
  const growths = [1, 2, 3].map(() => {
    collectGarbage();
    const before = measure();
    for (let step = 0; step < steps; step++) program.run();
    return measure() - before;
  });
  return Math.min(...growths);
}

function memoryInUse(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Collects all garbage at once, which Node has to be told that it may be asked for. */
const collectGarbage = (() => {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
})();

describe("a whole training step in wasm", () => {
  const plan = trainingPlan();

  for (const strict of [false, true]) {
    it(`gives the same bits with 1, 2 and 4 threads, ${strict ? "strict" : "fused"}`, async () => {
      const results: number[][][] = [];
      for (const threads of [1, 2, 4]) {
        const backend = await wasmBackend({ threads, strict, host: threadHost });
        const program = await backend.load(plan);
        start(program);
        train(program, 12);
        results.push(weightsOf(program));
        program.close();
      }
      expect(results[0]?.flat().every(Number.isFinite)).toBe(true);
      expect(results[1]).toEqual(results[0]);
      expect(results[2]).toEqual(results[0]);
    });
  }

  it("learns as the reference does", async () => {
    const backend = await wasmBackend({ threads: 2, host: threadHost });
    const programs = [await referenceBackend.load(plan), await backend.load(plan)];
    const [expected, got] = programs.map((program) => {
      start(program);
      return train(program, 12);
    }) as [number[], number[]];
    expected.forEach((loss, step) => {
      expect(Math.abs((got[step] as number) - loss)).toBeLessThan(2e-3 * loss);
    });
    expect(expected.at(-1)).toBeLessThan(0.8 * (expected[0] as number));
    for (const program of programs) program.close();
  });

  it("does not burn the cores on waiting where threads outnumber them", async () => {
    // More threads than cores: somebody always waits for a thread that is not running.
    const costs: number[] = [];
    for (const threads of [1, 8]) {
      const backend = await wasmBackend({ threads, host: threadHost, shareFrom: 0 });
      const program = await backend.load(plan);
      start(program);
      train(program, 5);
      // Time on the processor, of all threads: what other programs do meanwhile is not in it.
      const before = process.cpuUsage();
      train(program, 20);
      const { user, system } = process.cpuUsage(before);
      costs.push(user + system);
      program.close();
    }
    expect(costs[1]).toBeLessThan(50 * costs[0]);
  });

  it("takes no memory", async () => {
    // Small, so that there are many steps: memory is counted in pages of 128 KiB.
    const graph = new Graph();
    graph.result("y", graph.apply(relu, [graph.input("x", [64])], {}));
    const program = await (await wasmBackend({ host: threadHost })).load(lower(graph));
    expect(growthOver(50_000, program)).toBeLessThan(50_000 * SMALLEST_OBJECT);
    program.close();
  });

  it("is done by the others where a thread does not come", async () => {
    const absent = { ...threadHost, spawn: async () => ({ stop: () => {} }) };
    const results: number[][][] = [];
    for (const host of [threadHost, absent]) {
      const backend = await wasmBackend({ threads: 3, host });
      const program = await backend.load(plan);
      start(program);
      train(program, 3);
      results.push(weightsOf(program));
      program.close();
    }
    expect(results[1]).toEqual(results[0]);
  });

  it("keeps no memory with threads, whose sleeping and waking leaves garbage in the engine", async () => {
    const program = await (await wasmBackend({ threads: 2, host: threadHost })).load(plan);
    start(program);
    train(program, 20);
    const measure = (): number => {
      collectGarbage();
      return memoryInUse();
    };
    expect(growthOver(400, program, measure)).toBeLessThan(400 * SMALLEST_OBJECT);
    program.close();
  });
});

describe("wasmBackend", () => {
  it("says what it uses", async () => {
    expect((await wasmBackend({ strict: true })).description).toBe("wasm, SIMD, 1 thread");
    const threaded = await wasmBackend({ threads: 2, host: threadHost });
    expect(threaded.description).toBe("wasm, SIMD with fused multiply-add, 2 threads");
  });

  it("stays with one thread where it has no host for others, and says so", async () => {
    const { description } = await wasmBackend({ threads: 4, strict: true });
    expect(description).toBe("wasm, SIMD, 1 thread (no thread host)");
  });

  it("stays with one thread where not all workers start, says why, and computes the same", async () => {
    const handles: WorkerHandle[] = [];
    const stopped: WorkerHandle[] = [];
    const failing: ThreadHost = {
      prepare: threadHost.prepare,
      async spawn(start) {
        if (start.thread === 2) throw new Error("too many threads");
        const worker = await threadHost.spawn(start);
        const handle = {
          stop: () => {
            stopped.push(handle);
            worker.stop();
          },
        };
        handles.push(handle);
        return handle;
      },
    };
    const backend = await wasmBackend({ threads: 4, host: failing });
    const expected = await (await wasmBackend({ host: threadHost })).load(trainingPlan());
    const program = await backend.load(trainingPlan());
    expect(handles).toHaveLength(1);
    expect(stopped).toEqual(handles);
    expect(backend.description).toBe(
      "wasm, SIMD with fused multiply-add, 1 thread (no worker could be started: too many threads)",
    );
    for (const each of [program, expected]) {
      start(each);
      train(each, 3);
    }
    expect(weightsOf(program)).toEqual(weightsOf(expected));
    // What failed once is not tried again.
    (await backend.load(trainingPlan())).close();
    expect(handles).toHaveLength(1);
    for (const each of [program, expected]) each.close();
  });

  it("refuses an engine without SIMD", async () => {
    // There is none here to try: this one knows it.
    const validate = vi.spyOn(WebAssembly, "validate").mockReturnValue(false);
    try {
      await expect(wasmBackend()).rejects.toThrow(
        new DeviceError("wasm: the engine must know SIMD, got one without; use a newer one"),
      );
    } finally {
      validate.mockRestore();
    }
  });

  it("refuses a number of threads that makes no sense", async () => {
    const message = "wasmBackend: threads must be an integer from 1 to 64, got 0";
    await expect(wasmBackend({ threads: 0 })).rejects.toThrow(message);
  });

  it("refuses, with a hint, a program whose addresses would turn negative", async () => {
    const graph = new Graph();
    graph.result("y", graph.apply(relu, [graph.input("x", [3 << 27])], {}));
    const backend = await wasmBackend();
    await expect(backend.load(lower(graph))).rejects.toThrow(
      "wasm: a program must fit 2 GiB, got 3.0 GiB; use a smaller batch",
    );
  });

  for (const threads of [1, 2]) {
    it(`closes a program of ${threads} threads once and for all`, async () => {
      const backend = await wasmBackend({ threads, host: threadHost });
      const program = await backend.load(trainingPlan());
      const loss = program.plan.results.get("loss")!;
      const view = program.view(loss);
      start(program);
      const losses = train(program, 1);
      program.close();
      expect(() => program.close()).not.toThrow();
      expect([...view]).toEqual(losses);
      const closed = "program: must be open, got one that was closed; load its plan again";
      expect(() => program.run()).toThrow(new TypeError(closed));
      expect(() => program.view(loss)).toThrow(new TypeError(closed));
    });
  }
});
