import type { Operation } from "../operation.js";
import { expectSameShape, type Shape } from "../shape.js";
import { looksAt, poolOutput, slide, type Window } from "../window.js";

/**
 * Greatest number under each window, channel by channel, `y[q, c] = max_p x[p, c]`.
 *
 * Shapes: x `[n, h, w, c]`, y `[n, h', w', c]`. Padding never wins.
 */
export const maxPool2d: Operation<Window> = {
  name: "maxPool2d",
  shape: ([x], window) => poolOutput("maxPool2d", x, window),
  looksAt,
  gradient: (graph, node, dy) => [
    graph.apply(maxPool2dGradient, [dy, node.inputs[0], node], node.attributes),
  ],
  reference({ inputs: [x], inputShapes: [xShape], output: y, outputShape, attributes }) {
    const c = outputShape[3];
    y.fill(Number.NEGATIVE_INFINITY);
    slide(xShape, outputShape, attributes, (p, q) => {
      for (let i = 0; i < c; i++) y[q * c + i] = Math.max(y[q * c + i], x[p * c + i]);
    });
  },
};

/**
 * Each window's gradient goes to its greatest pixel, `dx[p, c] = Σ dy[q, c]` over the windows q
 * that p has won; of equals the first in reading order wins.
 */
export const maxPool2dGradient: Operation<Window> = {
  name: "maxPool2dGradient",
  takesEpilogue: true,
  shape([dy, x, y]: readonly Shape[]) {
    expectSameShape("maxPool2dGradient", dy, y);
    return x;
  },
  reference({ inputs: [dy, x, y], inputShapes: [dyShape], output: dx, outputShape, attributes }) {
    const c = outputShape[3];
    dx.fill(0);
    for (let i = 0; i < c; i++) {
      let settled = -1; // the last window whose winner was found; its pixels come one after the other
      slide(outputShape, dyShape, attributes, (p, q) => {
        if (q === settled || x[p * c + i] !== y[q * c + i]) return;
        dx[p * c + i] += dy[q * c + i];
        settled = q;
      });
    }
  },
};
