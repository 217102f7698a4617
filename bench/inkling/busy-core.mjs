// What is left of two threads when another program takes a core: their speed as a share of that of
// one thread in the same straits. Below 1 a second thread does harm.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { wasmBackend } from "../../dist/engine/index.js";
import { threadHost } from "../../dist/node/index.js";
import { measureTraining } from "./training.mjs";

/** The two in turn, so many times: how long each has a core is the scheduler's affair. */
const TURNS = 4;

export async function measureBusyCore(request) {
  const [one, two] = await Promise.all(
    [1, 2].map(async (threads) => {
      const backend = await wasmBackend({ threads, host: threadHost });
      return (await measureTraining(request, backend)).measure;
    }),
  );
  const measure = async (seconds) => {
    const other = spawn(process.execPath, ["--eval", "for (;;);"]);
    await once(other, "spawn");
    const steps = [0, 0];
    for (let turn = 0; turn < TURNS; turn++) {
      steps[0] += one(seconds / TURNS);
      steps[1] += two(seconds / TURNS);
    }
    other.kill();
    return steps[1] / steps[0];
  };
  return { measure, note: "two threads against one, another program on one core" };
}
