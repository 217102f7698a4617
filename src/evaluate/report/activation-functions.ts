import type { Activation, ModelDescription } from "../../nn/index.js";

/** A nonlinearity as it is taught: formula, value and slope at a point. */
export interface ActivationFunction {
  /** `f(x)`, as text. */
  readonly formula: string;
  /** `f′(x)`, as text. */
  readonly slopeFormula: string;
  readonly value: (x: number) => number;
  readonly slope: (x: number) => number;
}

/** √(2/π) and the cubic coefficient of the approximation (Hendrycks and Gimpel 2016, section 2). */
const GELU_SCALE = Math.sqrt(2 / Math.PI);
const GELU_CUBIC = 0.044715;

/**
 * The nonlinearity of a layer over one input. Of softmax, the share of one of `classes` outputs as its
 * own logit moves while the others stay at 0.
 *
 * @param options.slope - of `leakyRelu` below 0
 */
export function activationFunction(
  name: Activation,
  { slope, classes }: { readonly slope: number; readonly classes: number },
): ActivationFunction {
  switch (name) {
    case "linear":
      return { formula: "x", slopeFormula: "1", value: (x) => x, slope: () => 1 };
    case "relu":
      return {
        formula: "max(0, x)",
        slopeFormula: "1 where x > 0, else 0",
        value: (x) => Math.max(0, x),
        slope: (x) => (x > 0 ? 1 : 0),
      };
    case "leakyRelu":
      return {
        formula: `x where x > 0, else ${slope}·x`,
        slopeFormula: `1 where x > 0, else ${slope}`,
        value: (x) => (x > 0 ? x : slope * x),
        slope: (x) => (x > 0 ? 1 : slope),
      };
    case "sigmoid":
      return {
        formula: "1 / (1 + exp(−x))",
        slopeFormula: "f(x)·(1 − f(x))",
        value: sigmoid,
        slope: (x) => sigmoid(x) * (1 - sigmoid(x)),
      };
    case "tanh":
      return {
        formula: "(exp(x) − exp(−x)) / (exp(x) + exp(−x))",
        slopeFormula: "1 − f(x)²",
        value: Math.tanh,
        slope: (x) => 1 - Math.tanh(x) ** 2,
      };
    case "gelu":
      return {
        formula: "½x·(1 + tanh u), u = √(2/π)·(x + 0.044715·x³)",
        slopeFormula: "½(1 + tanh u) + ½x·(1 − tanh² u)·u′",
        value: (x) => 0.5 * x * (1 + Math.tanh(geluInner(x))),
        slope: (x) => {
          const t = Math.tanh(geluInner(x));
          const inner = GELU_SCALE * (1 + 3 * GELU_CUBIC * x * x);
          return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * inner;
        },
      };
    case "softmax": {
      const share = (x: number): number => 1 / (1 + (classes - 1) * Math.exp(-x));
      return {
        formula: "exp(x) / Σⱼ exp(xⱼ)",
        slopeFormula: "f(x)·(1 − f(x))",
        value: share,
        slope: (x) => share(x) * (1 - share(x)),
      };
    }
  }
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function geluInner(x: number): number {
  return GELU_SCALE * (x + GELU_CUBIC * x * x * x);
}

/** A nonlinearity that a model uses. */
export interface UsedActivation {
  readonly name: Activation;
  /** Of `leakyRelu` below 0. */
  readonly slope: number;
}

/** Slope of `leakyRelu` where its layer says none (Maas et al. 2013). */
const LEAKY_SLOPE = 0.01;

/** The nonlinearities of a model, each once, in the order of the layers; `linear` only as the last. */
export function usedActivations({ layers }: ModelDescription): UsedActivation[] {
  const used = new Map<string, UsedActivation>();
  layers.forEach((layer, index) => {
    const weighs = layer.type === "dense" || layer.type === "conv2d";
    if (!weighs && layer.type !== "activation") return;
    const name = layer.activation ?? "linear";
    if (name === "linear" && index < layers.length - 1) return;
    const slope = ("slope" in layer ? layer.slope : undefined) ?? LEAKY_SLOPE;
    used.set(name === "leakyRelu" ? `${name} ${slope}` : name, { name, slope });
  });
  return [...used.values()];
}
