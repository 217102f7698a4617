import { describe, expect, it, vi } from "vitest";
import { DeviceError } from "../src/base/index.js";
import {
  Graph,
  lower,
  referenceBackend,
  relu,
  type ThreadHost,
  type WorkerHandle,
  wasmBackend,
} from "../src/engine/index.js";
import { threadHost } from "../src/node/index.js";
import { start, train, trainingPlan, weightsOf } from "./training-step.js";

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

  it("runs on when another program has the cores", async () => {
    // More threads than cores: somebody always waits for a thread that is not running.
    const backend = await wasmBackend({ threads: 8, host: threadHost, shareFrom: 0 });
    const program = await backend.load(plan);
    start(program);
    const begin = performance.now();
    train(program, 20);
    expect((performance.now() - begin) / 20).toBeLessThan(1000);
    program.close();
  });

  it("takes no memory from step to step", async () => {
    const backend = await wasmBackend({ threads: 2, host: threadHost });
    const program = await backend.load(plan);
    start(program);
    train(program, 100);
    const before = process.memoryUsage();
    for (let step = 0; step < 400; step++) program.run();
    const after = process.memoryUsage();
    expect(after.heapUsed - before.heapUsed).toBeLessThan(1_000_000);
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(1_000_000);
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
