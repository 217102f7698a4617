import { ShapeError } from "../base/index.js";
import { Graph, type Node, type Shape, sizeOf } from "../engine/index.js";
import type { LayerContext, Parameter } from "./layers/layer.js";
import { kindOf, type LayerDescription } from "./layers/layer-kinds.js";
import type { ModelDescription } from "./model.js";

/** Weights of one model, and values between its layers for one sample, at most: 256 MiB each. */
const BUDGET = 2 ** 26;

/** A layer that has found its place. */
export interface BuiltLayer {
  readonly description: LayerDescription;
  readonly output: Node;
  readonly parameters: readonly BuiltParameter[];
}

export interface BuiltParameter {
  readonly parameter: Parameter;
  /** Within the model: `layers.0.weight`. */
  readonly name: string;
  readonly node: Node;
}

/**
 * Adds the layers of a model to a graph, one after the other, and their arrays as states.
 *
 * Throws a `ShapeError` that begins with the layer, `layers[3] conv2d: …`, where the layers don't fit
 * each other or outgrow the budget. Nothing is allocated.
 */
export function buildLayers(
  graph: Graph,
  { layers }: ModelDescription,
  { input, training }: Pick<LayerContext, "input" | "training">,
): BuiltLayer[] {
  const built: BuiltLayer[] = [];
  let weights = 0;
  let activations = 0;
  let previous = input;
  layers.forEach((description, index) => {
    const kind = kindOf(description);
    graph.within(`layers[${index}]`, () => {
      const parameters = kind.parameters(description, sampleShape(previous)).map((parameter) => {
        const name = `layers.${index}.${parameter.name}`;
        weights += sizeOf(parameter.shape);
        expectWithinBudget(kind.type, "weights", weights);
        return { parameter, name, node: graph.state(name, parameter.shape) };
      });
      const output = kind.build(description, {
        graph,
        input: previous,
        index,
        training,
        parameters: Object.fromEntries(parameters.map((p) => [p.parameter.name, p.node])),
      });
      activations += sizeOf(sampleShape(output));
      expectWithinBudget(kind.type, "values between the layers", activations);
      built.push({ description, output, parameters });
      previous = output;
    });
  });
  return built;
}

/** The layers of a model with their shapes (for a batch of one), for looking at only. */
export function resolveLayers(model: ModelDescription): BuiltLayer[] {
  const graph = new Graph();
  const input = graph.input("inputs", [1, ...model.input]);
  return buildLayers(graph, model, { input, training: undefined });
}

/** Shape of one sample of a batch. */
export function sampleShape({ shape }: Node): Shape {
  return shape.slice(1);
}

function expectWithinBudget(type: string, what: string, size: number): void {
  if (size <= BUDGET) return;
  throw new ShapeError(`${type}: ${what} up to here must be at most ${BUDGET}, got ${size}`);
}
