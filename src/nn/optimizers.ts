import { adam, type Graph, type Node, rmsprop, sgd, sgdMomentum } from "../engine/index.js";
import { type Check, flag, number, optional, variant } from "./schema.js";

/**
 * How gradients change weights. Plain data; PyTorch's formulas and defaults.
 *
 * - `sgd`: v ← momentum·v + g, p ← p - rate·v; with `nesterov` g + momentum·v in place of v
 *   (Sutskever et al. 2013)
 * - `rmsprop`: s ← decay·s + (1 - decay)·g², p ← p - rate·g / (√s + epsilon) (Hinton 2012, lecture 6e)
 * - `adam`: means m of g and s of g², both corrected for their start at 0,
 *   p ← p - rate·m / (√s + epsilon) (Kingma and Ba 2015, algorithm 1)
 * - `adamw`: the same, its weight decay apart from the gradient (Loshchilov and Hutter 2019)
 *
 * `weightDecay` is added to the gradient as weightDecay·p; in `adamw` p shrinks by rate·weightDecay·p.
 * It acts on weights, the arrays of two axes and more; biases, gammas and betas are left alone.
 */
export type OptimizerDescription =
  | {
      readonly type: "sgd";
      readonly momentum?: number;
      readonly nesterov?: boolean;
      readonly weightDecay?: number;
    }
  | {
      readonly type: "rmsprop";
      readonly decay?: number;
      readonly epsilon?: number;
      readonly weightDecay?: number;
    }
  | {
      readonly type: "adam" | "adamw";
      readonly beta1?: number;
      readonly beta2?: number;
      readonly epsilon?: number;
      readonly weightDecay?: number;
    };

const weightDecay = optional(number(0, 1e3));
const share = optional(number(0, 0.9999999));
const epsilon = optional(number(0, 1));
const adamChecks = { beta1: share, beta2: share, epsilon, weightDecay };

export const optimizerCheck: Check = variant({
  sgd: { momentum: share, nesterov: optional(flag), weightDecay },
  rmsprop: { decay: share, epsilon, weightDecay },
  adam: adamChecks,
  adamw: adamChecks,
});

/** What an optimizer keeps for each parameter, by name; all start at 0. */
export function momentsOf(optimizer: OptimizerDescription): readonly string[] {
  switch (optimizer.type) {
    case "sgd":
      return optimizer.momentum ? ["velocity"] : [];
    case "rmsprop":
      return ["square"];
    case "adam":
    case "adamw":
      return ["first", "second"];
  }
}

/** Decay of the two means that {@link updateParameter} wants corrected; 0 where there is none. */
export function meanDecays(optimizer: OptimizerDescription): readonly [number, number] {
  if (optimizer.type !== "adam" && optimizer.type !== "adamw") return [0, 0];
  return [optimizer.beta1 ?? 0.9, optimizer.beta2 ?? 0.999];
}

/** The arrays of one update. */
export interface Update {
  readonly parameter: Node;
  readonly gradient: Node;
  /** One a name of {@link momentsOf}. */
  readonly moments: readonly Node[];
  /** `[4]`: learning rate, 1 / (1 - beta1ᵗ), 1 / (1 - beta2ᵗ), unused. */
  readonly rates: Node;
}

/** Adds the update of one parameter, in place, to the graph. */
export function updateParameter(
  graph: Graph,
  optimizer: OptimizerDescription,
  { parameter, gradient, moments, rates }: Update,
): void {
  const inputs = [parameter, ...moments, gradient, rates];
  const weightDecay = parameter.shape.length >= 2 ? defaultedDecay(optimizer) : 0;
  switch (optimizer.type) {
    case "sgd": {
      const { momentum = 0, nesterov = false } = optimizer;
      if (moments.length === 0) graph.apply(sgd, inputs, { weightDecay });
      else graph.apply(sgdMomentum, inputs, { momentum, nesterov, weightDecay });
      return;
    }
    case "rmsprop": {
      const { decay = 0.99, epsilon = 1e-8 } = optimizer;
      graph.apply(rmsprop, inputs, { decay, epsilon, weightDecay });
      return;
    }
    case "adam":
    case "adamw": {
      const [beta1, beta2] = meanDecays(optimizer);
      const { epsilon = 1e-8 } = optimizer;
      const decoupled = optimizer.type === "adamw";
      graph.apply(adam, inputs, { beta1, beta2, epsilon, weightDecay, decoupled });
    }
  }
}

/** AdamW decays by 0.01 where nothing is said, the others not at all. */
function defaultedDecay({ type, weightDecay }: OptimizerDescription): number {
  return weightDecay ?? (type === "adamw" ? 0.01 : 0);
}
