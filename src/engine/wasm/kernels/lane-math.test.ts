import { describe, expect, it } from "vitest";
import type { FunctionBuilder } from "../assembler/function-builder.js";
import { ModuleBuilder } from "../assembler/module-builder.js";
import { i32, type V128, v128 } from "../assembler/opcodes.js";
import { exp, log, log1p, sigmoid, tanh } from "./lane-math.js";

type LaneFunction = (f: FunctionBuilder, x: V128) => V128;

/** Applies a lane function to many numbers. */
function evaluate(compute: LaneFunction, numbers: readonly number[], fused: boolean): Float32Array {
  const count = 4 * Math.ceil(numbers.length / 4);
  const module = new ModuleBuilder(fused);
  const main = module.function(0, (f) => {
    f.for(0, 4 * count, 16, (i) => f.do(v128.store(i, compute(f, v128.load(i32.add(i, 0))))));
  });
  module.export("main", main);
  const pages = Math.ceil((4 * count) / 65_536);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const compiled = new WebAssembly.Module(module.encode({ pages, shared: false }));
  const instance = new WebAssembly.Instance(compiled, { engine: { memory } });
  const values = new Float32Array(memory.buffer, 0, numbers.length);
  values.set(numbers);
  (instance.exports.main as () => void)();
  return values;
}

/** Distance of neighbouring floats around `x`, that of the smallest normal ones at least. */
function ulp(x: number): number {
  const exponent = Math.max(-126, Math.floor(Math.log2(Math.abs(x))));
  return 2 ** (exponent - 23);
}

function between(low: number, high: number): number[] {
  const count = 40_000;
  return Array.from({ length: count }, (_, i) =>
    Math.fround(low + ((high - low) * i) / (count - 1)),
  );
}

const powers = (low: number, high: number): number[] =>
  between(low, high).map((exponent) => Math.fround(2 ** exponent));

const cases: {
  name: string;
  compute: LaneFunction;
  exact: (x: number) => number;
  numbers: number[];
  ulps: number;
}[] = [
  { name: "exp", compute: exp, exact: Math.exp, numbers: between(-86.9, 88.7), ulps: 2 },
  { name: "exp near 0", compute: exp, exact: Math.exp, numbers: between(-1, 1), ulps: 2 },
  { name: "log", compute: log, exact: Math.log, numbers: powers(-126, 127.9), ulps: 2 },
  { name: "log near 1", compute: log, exact: Math.log, numbers: between(0.5, 2), ulps: 2 },
  { name: "log1p", compute: log1p, exact: Math.log1p, numbers: between(0, 1), ulps: 3 },
  { name: "log1p near 0", compute: log1p, exact: Math.log1p, numbers: powers(-60, 0), ulps: 3 },
  { name: "tanh", compute: tanh, exact: Math.tanh, numbers: between(-12, 12), ulps: 2 },
  { name: "tanh near 0", compute: tanh, exact: Math.tanh, numbers: powers(-100, 0), ulps: 2 },
  {
    name: "sigmoid",
    compute: sigmoid,
    exact: (x) => 1 / (1 + Math.exp(-x)),
    numbers: between(-86, 86),
    ulps: 3,
  },
];

describe("functions of lanes", () => {
  for (const { name, compute, exact, numbers, ulps } of cases) {
    it(`${name} is within ${ulps} units in the last place`, () => {
      const results = evaluate(compute, numbers, false);
      let worst = 0;
      numbers.forEach((x, i) => {
        const error = Math.abs(results[i] - exact(x)) / ulp(exact(x));
        if (!(error <= worst)) worst = error;
      });
      expect(worst).toBeLessThan(ulps);
    });
  }

  it("reach their limits at the ends of the range, and keep NaN", () => {
    const { POSITIVE_INFINITY: inf, NEGATIVE_INFINITY: low, NaN: nan } = Number;
    const ends = [0, 1e4, -1e4, 3e38, -3e38, inf, low, nan];
    const at = (compute: LaneFunction): number[] => [...evaluate(compute, ends, false)];
    expect(at(exp)).toEqual([1, inf, 0, inf, 0, inf, 0, nan]);
    expect(at(tanh)).toEqual([0, 1, -1, 1, -1, 1, -1, nan]);
    expect(at(sigmoid)).toEqual([0.5, 1, 0, 1, 0, 1, 0, nan]);
    const [zero, some, , great, ...rest] = at(log);
    expect([zero, ...rest]).toEqual([low, nan, inf, nan, nan]);
    expect(some).toBeCloseTo(Math.log(1e4), 5);
    expect(great).toBeCloseTo(Math.log(3e38), 4);
  });
});
