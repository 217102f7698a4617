import type { Operation } from "../operation.js";
import { expectShape, type Shape } from "../shape.js";
import { looksAt, poolOutput, slide, type Window } from "../window.js";

/**
 * Mean under each window, channel by channel, `y[q, c] = Σ_p x[p, c] / covered(q)`.
 *
 * Shapes: x `[n, h, w, c]`, y `[n, h', w', c]`. Only real pixels count, so that a border padded
 * to fit is not darkened.
 */
export const averagePool2d: Operation<Window> = {
  name: "averagePool2d",
  shape: ([x], window) => poolOutput("averagePool2d", x, window),
  looksAt,
  gradient(graph, node, dy) {
    const inputShape = node.inputs[0].shape;
    return [graph.apply(averagePool2dGradient, [dy], { ...node.attributes, inputShape })];
  },
  reference({ inputs: [x], inputShapes: [xShape], output: y, outputShape, attributes }) {
    const c = outputShape[3];
    y.fill(0);
    slide(xShape, outputShape, attributes, (p, q, _tap, covered) => {
      for (let i = 0; i < c; i++) y[q * c + i] += x[p * c + i] / covered;
    });
  },
};

/** `dx[p, c] = Σ dy[q, c] / covered(q)` over the windows q that cover p. */
export const averagePool2dGradient: Operation<Window & { readonly inputShape: Shape }> = {
  name: "averagePool2dGradient",
  takesEpilogue: true,
  shape([dy], { inputShape, ...window }) {
    const expected = poolOutput("averagePool2dGradient", inputShape, window);
    expectShape("averagePool2dGradient", "dy", dy, expected);
    return inputShape;
  },
  reference({ inputs: [dy], inputShapes: [dyShape], output: dx, outputShape, attributes }) {
    const c = outputShape[3];
    dx.fill(0);
    slide(outputShape, dyShape, attributes, (p, q, _tap, covered) => {
      for (let i = 0; i < c; i++) dx[p * c + i] += dy[q * c + i] / covered;
    });
  },
};
