import { describe, expect, it } from "vitest";
import { ModuleBuilder } from "../../assembler/module-builder.js";
import { v128 } from "../../assembler/opcodes.js";
import { linearMap } from "./linear-map.js";
import { type Matrix, transformsOf } from "./transforms.js";

/** `matrix · x` in the first lane of vectors; inputs not `known` are left out. */
function evaluate(matrix: Matrix, x: readonly number[], known: (k: number) => boolean): number[] {
  const module = new ModuleBuilder(false);
  const main = module.function(0, (f) => {
    const inputs = x.map((_, k) => (known(k) ? f.let(v128.load(16 * k)) : undefined));
    linearMap(f, matrix, inputs).forEach((output, i) => {
      f.do(v128.store(512 + 16 * i, output));
    });
  });
  module.export("main", main);
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const compiled = new WebAssembly.Module(module.encode({ pages: 1, shared: false }));
  const instance = new WebAssembly.Instance(compiled, { engine: { memory } });
  const words = new Float32Array(memory.buffer);
  x.forEach((number, k) => {
    words[4 * k] = number;
  });
  (instance.exports.main as () => void)();
  return matrix.map((_, i) => words[128 + 4 * i] as number);
}

const { a, aT, b, bT, g, gT } = transformsOf(4, 5);
const matrices: Readonly<Record<string, Matrix>> = {
  "Bᵀ of nine points": transformsOf(5, 5).bT,
  A: a,
  Aᵀ: aT,
  Bᵀ: bT,
  B: b,
  G: g,
  Gᵀ: gT,
  "two rows of Aᵀ": aT.slice(1, 3),
};

describe("linearMap", () => {
  for (const [name, matrix] of Object.entries(matrices)) {
    const x = matrix[0].map((_, k) => 1 + ((k * 5) % 7) / 8);
    const spans = [
      [0, 8],
      [2, 8],
      [0, 3],
      [4, 4],
    ] as const;
    for (const [low, high] of spans) {
      it(`multiplies by ${name}, inputs ${low} to ${high} given`, () => {
        const known = (k: number): boolean => k >= low && k < high;
        const got = evaluate(matrix, x, known);
        matrix.forEach((row, i) => {
          const expected = row.reduce((sum, factor, k) => sum + (known(k) ? factor * x[k] : 0), 0);
          expect(got[i]).toBeCloseTo(expected, 4);
        });
      });
    }
  }
});
