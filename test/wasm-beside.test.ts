import { describe, expect, it } from "vitest";
import { wasmBackend } from "../src/engine/index.js";
import { threadHost } from "../src/node/index.js";
import { start, train, trainingPlan, weightsOf } from "./training-step.js";

const plan = trainingPlan();

async function programOn(threads: number) {
  const backend = await wasmBackend({ threads, host: threadHost, shareFrom: 500 });
  const program = await backend.load(plan);
  start(program);
  return program;
}

describe("a run with other work beside it", () => {
  for (const threads of [1, 2, 4]) {
    it(`gives the bits of a run alone, threads: ${threads}`, async () => {
      const alone = await programOn(threads);
      train(alone, 12);
      const program = await programOn(threads);
      let calls = 0;
      train(program, 12, () => program.runBeside(() => (calls += 1)));
      expect(calls).toBe(12);
      expect(weightsOf(program)).toEqual(weightsOf(alone));
      alone.close();
      program.close();
    });

    it(`is carried out and can be followed by others when that work fails, threads: ${threads}`, async () => {
      const program = await programOn(threads);
      const fail = () => {
        throw new Error("no more images");
      };
      const alone = await programOn(threads);
      expect(() => program.runBeside(fail)).toThrow("no more images");
      alone.run();
      for (const each of [program, alone]) train(each, 3);
      expect(weightsOf(program)).toEqual(weightsOf(alone));
      for (const each of [program, alone]) each.close();
    });
  }

  it("is over before that work where there are other threads", async () => {
    const program = await programOn(2);
    train(program, 3);
    const loss = program.view(program.plan.results.get("loss")!);
    program.run();
    const before = loss[0];
    program.runBeside(() => {
      const giveUp = performance.now() + 20_000;
      while (loss[0] === before && performance.now() < giveUp);
      expect(loss[0]).not.toBe(before);
    });
    program.close();
  });
});
