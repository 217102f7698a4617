import { type Random, ShapeError } from "../base/index.js";
import { formatShape, type Program, type Shape, sameShape } from "../engine/index.js";
import { type BuiltParameter, resolveLayers } from "./build-layers.js";
import type { ModelDescription } from "./model.js";
import { show } from "./schema.js";

/** An array of numbers, row-major. */
export interface WeightArray {
  readonly shape: Shape;
  readonly data: Float32Array;
}

/** All a model knows: `layers.0.weight`, `.bias`, `.gamma`, `.beta`, `.statistics`. */
export type Weights = ReadonlyMap<string, WeightArray>;

/** The weights training starts from; each array has a random stream of its own, by its name. */
export function initialWeights(model: ModelDescription, random: Random): Weights {
  return new Map(
    parametersOf(model).map(({ name, parameter }) => {
      const data = parameter.initial(random.fork(name));
      return [name, { shape: parameter.shape, data }];
    }),
  );
}

/** The arrays of a model, in the order of its layers. */
export function parametersOf(model: ModelDescription): BuiltParameter[] {
  return resolveLayers(model).flatMap((layer) => layer.parameters);
}

/** What keeps arrays of these shapes from being the weights of the model, if anything. */
export function weightsProblem(
  parameters: readonly BuiltParameter[],
  weights: ReadonlyMap<string, { readonly shape: Shape }>,
): string | undefined {
  for (const { name, parameter } of parameters) {
    const given = weights.get(name);
    if (given === undefined) {
      return `${name} must be ${formatShape(parameter.shape)}, got no such array`;
    }
    if (!sameShape(given.shape, parameter.shape)) {
      return `${name} must be ${formatShape(parameter.shape)}, got ${formatShape(given.shape)}`;
    }
  }
  if (weights.size === parameters.length) return undefined;
  const known = new Set(parameters.map(({ name }) => name));
  const stranger = [...weights.keys()].find((name) => !known.has(name)) ?? "";
  return `each array must belong to a layer of the model, got ${show(stranger)}`;
}

/** Fails unless `weights` are those of a model with these arrays. */
export function expectWeights(parameters: readonly BuiltParameter[], weights: Weights): void {
  const problem = weightsProblem(parameters, weights);
  if (problem !== undefined) throw new ShapeError(`weights: ${problem}`);
}

/** Copies weights into the states of their names, each name behind `prefix`. */
export function writeWeights(program: Program, weights: Weights, prefix = ""): void {
  for (const [name, { data }] of weights) {
    program.view(program.plan.states.get(prefix + name)!).set(data);
  }
  program.prepare();
}

/** The first number that its array cannot hold: one that is not finite, or breaks a rule of its layer. */
export function numbersProblem(
  parameters: readonly BuiltParameter[],
  weights: Weights,
): string | undefined {
  for (const { name, parameter } of parameters) {
    const { data } = weights.get(name)!;
    const place = data.findIndex((value) => !Number.isFinite(value));
    if (place >= 0) return `${name}[${place}] must be a finite number, got ${data[place]}`;
    const problem = parameter.problem?.(data);
    if (problem !== undefined) return `${name}${problem}`;
  }
  return undefined;
}
