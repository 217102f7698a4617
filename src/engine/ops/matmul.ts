import { ShapeError } from "../../base/index.js";
import type { Operation } from "../operation.js";
import { expectRank, formatShape } from "../shape.js";

// m rows of the product, n its columns, k what is summed over.

export type MatmulAttributes = {
  /** The left factor is stored as `[k, m]`. */
  readonly transposeA: boolean;
  /** The right factor is stored as `[n, k]`. */
  readonly transposeB: boolean;
};

/**
 * Matrix product, `y = a·b`.
 *
 * Shapes: a `[m, k]`, b `[k, n]`, y `[m, n]`; a or b stored transposed where asked.
 * Gradient: `da = dy·bᵀ`, `db = aᵀ·dy`.
 */
export const matmul: Operation<MatmulAttributes> = {
  name: "matmul",
  takesEpilogue: true,
  takesUpdate: true,
  shape([a, b], { transposeA, transposeB }) {
    expectRank("matmul", a, 2);
    expectRank("matmul", b, 2);
    const [m, k] = transposeA ? [a[1], a[0]] : [a[0], a[1]];
    const [k2, n] = transposeB ? [b[1], b[0]] : [b[0], b[1]];
    if (k !== k2) {
      throw new ShapeError(
        `matmul: inner extents must match, got ${formatShape([m, k!])} and ${formatShape([k2, n!])}`,
      );
    }
    return [m, n!];
  },
  gradient(graph, node, dy) {
    const [a, b] = node.inputs as [typeof dy, typeof dy];
    const { transposeA, transposeB } = node.attributes;
    const da = transposeA
      ? graph.apply(matmul, [b, dy], { transposeA: transposeB, transposeB: true })
      : graph.apply(matmul, [dy, b], { transposeA: false, transposeB: !transposeB });
    const db = transposeB
      ? graph.apply(matmul, [dy, a], { transposeA: true, transposeB: transposeA })
      : graph.apply(matmul, [a, dy], { transposeA: !transposeA, transposeB: false });
    return [da, db];
  },
  reference({ inputs: [a, b], inputShapes, output: y, outputShape, attributes }) {
    const { transposeA, transposeB } = attributes;
    const [m, n] = outputShape as [number, number];
    const k = inputShapes[0][transposeA ? 0 : 1];
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let p = 0; p < k; p++) {
          const left = transposeA ? a[p * m + i] : a[i * k + p];
          const right = transposeB ? b[j * k + p] : b[p * n + j];
          sum += left * right;
        }
        y[i * n + j] = sum;
      }
    }
  },
};
