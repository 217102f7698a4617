import { add, clipFactor, type Graph, type Node, scaleBy, squaredSum } from "../engine/index.js";

/**
 * Adds what shortens the gradients of all weights, taken as one vector, to length `limit` where it is
 * longer, `g ← g·min(1, limit / √Σg²)` (Pascanu, Mikolov and Bengio 2013, algorithm 1).
 */
export function clipGradients(graph: Graph, gradients: readonly Node[], limit: number): Node[] {
  return graph.within("clip", () => {
    const squares = gradients.map((gradient) => graph.apply(squaredSum, [gradient], {}));
    const total = squares.reduce((sum, square) => graph.apply(add, [sum, square], {}));
    const factor = graph.apply(clipFactor, [total], { limit });
    return gradients.map((gradient) => graph.apply(scaleBy, [gradient, factor], {}));
  });
}
