import { describe, expect, it } from "vitest";
import type { FunctionBuilder, Local } from "./function-builder.js";
import { ModuleBuilder } from "./module-builder.js";
import { f32, f32x4, fillZero, i32, i32x4, type Statement, type V128, v128 } from "./opcodes.js";

type Arguments = readonly Local<"i32">[];

/** Runs a function of integers on a page of memory; returns that memory. */
async function run(
  body: (f: FunctionBuilder, parameters: Arguments) => void,
  values: readonly number[] = [],
  before: readonly number[] = [],
): Promise<Int32Array> {
  const module = new ModuleBuilder(false);
  const main = module.function(values.length, (f) => body(f, f.arguments));
  module.export("main", main);
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const numbers = new Int32Array(memory.buffer);
  numbers.set(before);
  const bytes = module.encode({ pages: 1, shared: false });
  const { instance } = await WebAssembly.instantiate(bytes, { engine: { memory } });
  (instance.exports.main as (...values: number[]) => void)(...values);
  return numbers;
}

describe("FunctionBuilder", () => {
  it("counts from begin to before end", async () => {
    for (const [begin, end, expected] of [
      [0, 10, 45],
      [3, 5, 7],
      [4, 4, 0],
      [9, -2, 0],
    ]) {
      const body = (f: FunctionBuilder, [from, to]: Arguments): void => {
        const sum = f.local("i32");
        f.for(from, to, 1, (i) => f.set(sum, i32.add(sum, i)));
        f.do(i32.store(0, sum));
      };
      expect((await run(body, [begin, end]))[0]).toBe(expected);
    }
  });

  it("counts between constants, in steps, also not at all or once", async () => {
    for (const [end, rounds] of [
      [0, 0],
      [3, 1],
      [4, 1],
      [9, 3],
    ]) {
      const memory = await run((f) => {
        const count = f.local("i32");
        f.for(0, end, 4, () => f.set(count, i32.add(count, 1)));
        f.do(i32.store(0, count));
      });
      expect(memory[0]).toBe(rounds);
    }
  });

  it("looks at the end of a loop only once", async () => {
    const memory = await run(
      (f, [end]) => {
        const count = f.local("i32");
        f.for(0, i32.add(end, 0), 1, () => {
          f.set(count, i32.add(count, 1));
        });
        f.for(0, i32.add(i32.load(0), 2), 1, () => f.do(i32.store(0, i32.add(i32.load(0), 1))));
        f.do(i32.store(4, count));
      },
      [5],
    );
    expect([...memory.subarray(0, 2)]).toEqual([2, 5]);
  });

  it("takes one of two ways", async () => {
    const body = (f: FunctionBuilder, [x]: Arguments): void => {
      f.if(
        i32.lt(x, 10),
        () => f.do(i32.store(0, i32.mul(x, 1))),
        () => f.do(i32.store(0, i32.sub(0, x))),
      );
    };
    expect((await run(body, [3]))[0]).toBe(3);
    expect((await run(body, [30]))[0]).toBe(-30);
  });

  it("returns from an endless loop", async () => {
    const memory = await run((f) => {
      const i = f.local("i32");
      f.forever(() => {
        f.set(i, i32.add(i, 7));
        f.do(i32.store(0, i));
        f.if(i32.gt(i, 50), () => f.return());
      });
    });
    expect(memory[0]).toBe(56);
  });

  it("refuses a call with the wrong number of arguments", () => {
    const module = new ModuleBuilder(false);
    const callee = module.function(2, () => {});
    expect(() => module.function(0, (f) => f.call(callee, 1))).toThrow(
      "call: function takes 2 arguments, got 1",
    );
  });
});

describe("ModuleBuilder", () => {
  it("writes a shared function once", () => {
    const module = new ModuleBuilder(false);
    const first = module.shared("a", 1, () => {});
    expect(module.shared("a", 1, () => {})).toBe(first);
    expect(module.shared("b", 1, () => {})).not.toBe(first);
  });

  it("keeps variables from call to call", async () => {
    const module = new ModuleBuilder(false);
    const count = module.global();
    const main = module.function(0, (f) => {
      f.do(count.set(i32.add(count.value, 1)));
      f.do(i32.store(0, count.value));
    });
    module.export("main", main);
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
    const bytes = module.encode({ pages: 1, shared: false });
    const { instance } = await WebAssembly.instantiate(bytes, { engine: { memory } });
    for (let i = 0; i < 3; i++) (instance.exports.main as () => void)();
    expect(new Int32Array(memory.buffer)[0]).toBe(3);
  });
});

const real = (values: Int32Array, start: number, count: number): number[] => [
  ...new Float32Array(values.buffer, 4 * start, count),
];
const bits = (...values: number[]): number[] => [
  ...new Int32Array(new Float32Array(values).buffer),
];

describe("vector instructions", () => {
  const a = [1.5, -2.5, 3, -4];
  const b = [2, 0.5, -3, 8];
  const x = v128.load(0);
  const y = v128.load(16);
  const each = (compute: (a: number, b: number) => number) =>
    a.map((value, i) => compute(value, b[i]));
  const cases: [string, V128, number[]][] = [
    ["add", f32x4.add(x, y), each((p, q) => p + q)],
    ["sub", f32x4.sub(x, y), each((p, q) => p - q)],
    ["mul", f32x4.mul(x, y), each((p, q) => p * q)],
    ["div", f32x4.div(x, y), each((p, q) => p / q)],
    ["min", f32x4.min(x, y), each(Math.min)],
    ["max", f32x4.max(x, y), each(Math.max)],
    ["abs", f32x4.abs(x), each(Math.abs)],
    ["neg", f32x4.neg(x), each((p) => -p)],
    ["sqrt", f32x4.sqrt(f32x4.abs(x)), each((p) => Math.fround(Math.sqrt(Math.abs(p))))],
    ["nearest", f32x4.nearest(x), [2, -2, 3, -4]],
    ["gt", v128.and(f32x4.gt(x, y), f32x4.const(1)), each((p, q) => +(p > q))],
    ["ge", v128.and(f32x4.ge(x, y), f32x4.const(1)), each((p, q) => +(p >= q))],
    ["lt", v128.and(f32x4.lt(x, y), f32x4.const(1)), each((p, q) => +(p < q))],
    ["le", v128.and(f32x4.le(x, y), f32x4.const(1)), each((p, q) => +(p <= q))],
    ["eq", v128.and(f32x4.eq(x, x), f32x4.const(1)), [1, 1, 1, 1]],
    ["select", v128.select(f32x4.lt(x, y), x, y), each(Math.min)],
    ["andNot", v128.andNot(f32x4.const(1), f32x4.lt(x, y)), each((p, q) => +(p >= q))],
    ["xor and not", v128.xor(x, v128.not(v128.not(f32x4.const(-0)))), each((p) => -p)],
    ["or", v128.or(f32x4.abs(x), f32x4.const(-0)), each((p) => -Math.abs(p))],
    ["shuffle", v128.shuffle(x, y, [3, 0, 4, 7]), [-4, 1.5, 2, 8]],
    ["splat", f32x4.splat(f32x4.lane(x, 2)), [3, 3, 3, 3]],
    ["loadSplat", f32x4.loadSplat(4), [-2.5, -2.5, -2.5, -2.5]],
    [
      "integers",
      f32x4.fromI32x4(i32x4.mul(i32x4.fromF32x4(x), i32x4.const(1, 2, 3, 4))),
      [1, -4, 9, -16],
    ],
    [
      "integer sums",
      f32x4.fromI32x4(
        i32x4.sub(i32x4.add(i32x4.splat(5), i32x4.splat(2)), i32x4.const(0, 1, 2, 3)),
      ),
      [7, 6, 5, 4],
    ],
    [
      "shifts",
      f32x4.fromI32x4(i32x4.shr(i32x4.shl(i32x4.const(1, -1, 2, -2), 4), 3)),
      [2, -2, 4, -4],
    ],
    ["unsigned shift", f32x4.fromI32x4(i32x4.shrUnsigned(i32x4.splat(-1), 31)), [1, 1, 1, 1]],
    [
      "integer min",
      f32x4.fromI32x4(i32x4.min(i32x4.const(1, 2, 3, -4), i32x4.splat(2))),
      [1, 2, 2, -4],
    ],
    [
      "integer comparison",
      v128.and(
        v128.and(
          i32x4.gt(i32x4.const(1, 2, 3, 4), i32x4.splat(2)),
          i32x4.ge(i32x4.splat(3), i32x4.const(1, 2, 3, 4)),
        ),
        f32x4.const(1),
      ),
      [0, 0, 1, 0],
    ],
    [
      "integer equality",
      v128.and(i32x4.eq(i32x4.const(1, 2, 3, 4), i32x4.splat(2)), f32x4.const(1)),
      [0, 1, 0, 0],
    ],
  ];
  for (const [title, expression, expected] of cases) {
    it(`${title} does what its name says`, async () => {
      const memory = await run(
        (f) => f.do(v128.store(32, expression)),
        [],
        [...bits(...a), ...bits(...b)],
      );
      expect(real(memory, 8, 4)).toEqual(expected);
    });
  }

  it("store single lanes and pairs, and clear memory", async () => {
    const statements: Statement[] = [
      v128.store(32, x),
      fillZero(40, 8),
      v128.store32Lane(40, y, 3),
      v128.store64Lane(48, y, 1),
      f32.store(56, f32.div(f32.add(f32.const(1), f32.fromI32(i32.load(64))), f32.const(2))),
    ];
    const memory = await run(
      (f) => f.do(...statements),
      [],
      [...bits(...a), ...bits(...b), ...new Array(8).fill(0), 8],
    );
    expect(real(memory, 8, 7)).toEqual([1.5, -2.5, 8, 0, -3, 8, 4.5]);
  });
});
