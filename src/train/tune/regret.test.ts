import { describe, expect, it } from "vitest";
import { Random } from "../../base/index.js";
import { type PrunerName, pruners } from "./pruners.js";
import { type SamplerName, samplerOf } from "./samplers.js";
import type { SearchPoint, SearchSpace } from "./search-space.js";
import { runStudy } from "./study.js";
import { figureOf, type Trial } from "./trial.js";

const SEEDS = 25;

/** Branin's function of two settings (Dixon and Szegő 1978), and a choice of four of which one costs nothing. */
const space: SearchSpace = {
  x: { type: "real", low: -5, high: 10 },
  y: { type: "real", low: 0, high: 15 },
  kind: { type: "choice", values: ["a", "b", "c", "d"] },
};
const LEAST = 0.397887;

function branin({ x, y, kind }: SearchPoint): number {
  const [a, b] = [x as number, y as number];
  const bent = b - (5.1 * a * a) / (4 * Math.PI ** 2) + (5 * a) / Math.PI - 6;
  const penalty = { a: 6, b: 2, c: 0, d: 12 }[kind as string]!;
  return bent * bent + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(a) + 10 + penalty;
}

const EPOCHS = 27;

/** How a training would look: from far above towards what the settings are worth, with some noise. */
function curveOf(values: SearchPoint, random: Random): number[] {
  const end = branin(values);
  return Array.from({ length: EPOCHS }, (_, epoch) => {
    const noise = epoch === EPOCHS - 1 ? 0 : random.normal();
    return end + 40 / (epoch + 1) + noise;
  });
}

interface Method {
  readonly sampler: SamplerName;
  readonly pruner: PrunerName;
}

/** How far above the least the best stays that is found with the epochs of `budget` whole trials. */
async function regret({ sampler, pruner }: Method, budget: number, seed: number): Promise<number> {
  let spent = 0;
  const abort = new AbortController();
  const found: Trial[] = await runStudy({
    trials: 10_000,
    jobs: 1,
    sampler: samplerOf(sampler, space, seed),
    pruner: pruners[pruner],
    signal: abort.signal,
    async work({ number, values }, isHopeless) {
      const whole = curveOf(values, new Random(seed).fork(`noise ${number}`));
      const curve: number[] = [];
      for (const value of whole) {
        spent += 1;
        curve.push(value);
        if (curve.length < EPOCHS && isHopeless(curve)) break;
      }
      if (spent >= budget * EPOCHS) abort.abort();
      return { state: curve.length < EPOCHS ? "pruned" : "complete", curve, seconds: 0 };
    },
  });
  const complete = found.filter(({ state }) => state === "complete").map(figureOf);
  return Math.min(...complete) - 40 / EPOCHS - LEAST;
}

async function medianRegret(method: Method, budget: number): Promise<number> {
  const regrets: number[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) regrets.push(await regret(method, budget, seed));
  return regrets.sort((a, b) => a - b)[SEEDS >> 1]!;
}

describe("the median regret over 25 seeds on a known function", () => {
  const random: Method = { sampler: "random", pruner: "none" };

  it("is less than half that of random search with TPE", async () => {
    const byChance = await medianRegret(random, 60);
    const byTpe = await medianRegret({ sampler: "tpe", pruner: "none" }, 60);
    expect(byTpe).toBeLessThan(0.5 * byChance);
  });

  it("is less than half that of random search with successive halving, for the same epochs", async () => {
    const byChance = await medianRegret(random, 30);
    const byHalving = await medianRegret({ sampler: "random", pruner: "halving" }, 30);
    expect(byHalving).toBeLessThan(0.5 * byChance);
  });

  it("is less than that of random search with the median rule, for the same epochs", async () => {
    const byChance = await medianRegret(random, 30);
    const byMedian = await medianRegret({ sampler: "random", pruner: "median" }, 30);
    expect(byMedian).toBeLessThan(byChance);
  });
});
