import { describe, expect, it } from "vitest";
import { threadHost } from "./thread-host.js";

/** `(module (import "engine" "memory" (memory 2 2 shared)) (func (export "work") (param i32)))` */
const bytes = Uint8Array.from(
  [
    [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    [1, 5, 1, 0x60, 1, 0x7f, 0],
    [2, 19, 1, 6, ...Buffer.from("engine"), 6, ...Buffer.from("memory"), 2, 3, 2, 2],
    [3, 2, 1, 0],
    [7, 8, 1, 4, ...Buffer.from("work"), 0, 0],
    [10, 4, 1, 2, 0, 0x0b],
  ].flat(),
);

describe("threadHost", () => {
  const module = new WebAssembly.Module(bytes);
  const memoryOf = (pages: number) =>
    new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });

  it("starts a worker that does its work", async () => {
    const worker = await threadHost.spawn({ module, memory: memoryOf(2), thread: 1 });
    expect(() => worker.stop()).not.toThrow();
  });

  it("says why a worker cannot take part", async () => {
    const tooSmall = { module, memory: memoryOf(1), thread: 1 };
    await expect(threadHost.spawn(tooSmall)).rejects.toThrow(/memory import .* smaller than/);
    const unsendable = { module, memory: () => {}, thread: 1 };
    await expect(threadHost.spawn(unsendable)).rejects.toThrow("could not be cloned");
  });
});
