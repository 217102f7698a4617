import { elementwise } from "../elementwise.js";
import type { Window } from "../window.js";
import { maxPool2dGradient } from "./max-pool2d.js";

/** Rectified linear unit, `y = max(x, 0)`. */
export const relu = elementwise<Record<string, never>>({
  name: "relu",
  scalar: ([x]) => Math.max(x, 0),
  gradient: (graph, node, dy) => {
    if (dy.operation?.name !== maxPool2dGradient.name || dy.inputs[1] !== node) {
      return [graph.apply(reluGradient, [dy, node], {})];
    }
    // A window's gradient goes to the pixel its maximum is taken from: it may as well stop at the maximum.
    const [dm, , maxima] = dy.inputs;
    const stopped = graph.apply(reluGradient, [dm, maxima], {});
    return [graph.apply(maxPool2dGradient, [stopped, node, maxima], dy.attributes as Window)];
  },
});

/** `dx = dy` where `y > 0`, else 0; from the output, so that the input may be overwritten. */
export const reluGradient = elementwise<Record<string, never>>({
  name: "reluGradient",
  scalar: ([dy, y]) => (y > 0 ? dy : 0),
});
