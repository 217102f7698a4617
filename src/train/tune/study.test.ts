import { describe, expect, it } from "vitest";
import { Random } from "../../base/index.js";
import { pruners } from "./pruners.js";
import { samplerOf } from "./samplers.js";
import type { SearchPoint, SearchSpace } from "./search-space.js";
import { type Outcome, runStudy, type StudyOptions } from "./study.js";
import { bestOf, type Trial } from "./trial.js";

const space: SearchSpace = { x: { type: "real", low: -5, high: 10 } };

/** A curve that falls towards what the setting comes to in the end. */
function curveOf({ x }: SearchPoint, epochs: number): number[] {
  const end = ((x as number) - 3) ** 2;
  return Array.from({ length: epochs }, (_, epoch) => end + 10 / (epoch + 1));
}

/** Does the epochs of a trial one by one, each taking some turns of the event loop. */
function workTaking(turns: (number: number) => number): StudyOptions["work"] {
  return async ({ number, values }, isHopeless): Promise<Outcome> => {
    const curve: number[] = [];
    for (const value of curveOf(values, 9)) {
      for (let i = 0; i < turns(number); i++) await new Promise((resolve) => setImmediate(resolve));
      curve.push(value);
      if (isHopeless(curve)) return { state: "pruned", curve, seconds: 0 };
    }
    return { state: "complete", curve, seconds: 0 };
  };
}

function options(work: StudyOptions["work"], rest: Partial<StudyOptions> = {}): StudyOptions {
  const sampler = samplerOf("tpe", space, 1);
  return { trials: 30, jobs: 3, sampler, pruner: pruners.halving, work, ...rest };
}

describe("runStudy", () => {
  it("makes the same study however fast each trial is", async () => {
    const even = await runStudy(options(workTaking(() => 1)));
    const random = new Random(7);
    const uneven = await runStudy(options(workTaking(() => random.integer(6))));
    expect(uneven).toEqual(even);
    expect(even.map(({ number }) => number)).toEqual(Array.from({ length: 30 }, (_, i) => i));
    expect(even.some(({ state }) => state === "pruned")).toBe(true);
    expect(bestOf(even)?.values.x).toBeCloseTo(3, 0);
  });

  it("goes on after an interruption as if there had been none", async () => {
    const whole = await runStudy(options(workTaking(() => 1)));
    const abort = new AbortController();
    const finished: Trial[] = [];
    await runStudy(
      options(
        workTaking((number) => 1 + (number % 4)),
        {
          signal: abort.signal,
          onTrial(trial) {
            finished.push(trial);
            if (finished.length === 11) abort.abort();
          },
        },
      ),
    );
    expect(finished.length).toBeLessThan(16);
    const rest = await runStudy(
      options(
        workTaking(() => 2),
        { finished },
      ),
    );
    expect(rest).toEqual(whole);
  });

  it("runs as many trials at a time as it is told, and no more", async () => {
    let running = 0;
    let most = 0;
    const work: StudyOptions["work"] = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running -= 1;
      return { state: "complete", curve: [0], seconds: 0 };
    };
    await runStudy(options(work, { jobs: 4 }));
    expect(most).toBe(4);
  });

  it("ends with the grid", async () => {
    const sampler = samplerOf("grid", { n: { type: "integer", low: 1, high: 3 } }, 1);
    const work: StudyOptions["work"] = async ({ values }) => ({
      state: "complete",
      curve: [values.n as number],
      seconds: 0,
    });
    const trials = await runStudy(options(work, { sampler }));
    expect(trials.map(({ values }) => values.n)).toEqual([1, 2, 3]);
  });

  it("throws what the work of a trial throws, once the others are over", async () => {
    let over = 0;
    const work: StudyOptions["work"] = async ({ number }) => {
      await new Promise((resolve) => setTimeout(resolve, number === 1 ? 1 : 10));
      if (number === 1) throw new Error("the disk is full");
      over += 1;
      return { state: "complete", curve: [0], seconds: 0 };
    };
    await expect(runStudy(options(work))).rejects.toThrow("the disk is full");
    expect(over).toBe(2);
  });
});
