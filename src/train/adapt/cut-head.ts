import { DataError } from "../../base/index.js";
import {
  closingActivation,
  type ModelDescription,
  type ModelFile,
  model,
  type Weights,
} from "../../nn/index.js";

/** A model and what it knows. */
export interface Network {
  readonly model: ModelDescription;
  readonly weights: Weights;
}

/** A network cut before its last dense layer. */
export interface CutNetwork {
  /** Makes features of a sample, `[features]`. */
  readonly trunk: Network;
  /** Makes logits of features: the last dense layer alone. */
  readonly head: Network;
  /** Place of that layer in the whole network. */
  readonly place: number;
}

/**
 * Cuts a network before its last dense layer, which must be what makes the logits of a softmax.
 *
 * @throws {DataError} where it ends otherwise
 */
export function cutHead({ model: whole, weights }: Pick<ModelFile, keyof Network>): CutNetwork {
  const place = whole.layers.findLastIndex(({ type }) => type === "dense");
  const after = whole.layers.slice(place + 1).filter(({ type }) => type !== "activation");
  const closing = closingActivation(whole);
  if (place < 1 || after.length > 0 || (closing !== "softmax" && closing !== "linear")) {
    const got = place < 1 ? "none" : (after[0]?.type ?? closing);
    throw new DataError(
      `adapt: the model must end in a dense layer with a softmax, got ${got}; train one that does with \`inkling train\``,
    );
  }
  const prefix = `layers.${place}.`;
  const headWeights = [...weights].filter(([name]) => name.startsWith(prefix));
  const trunkWeights = [...weights].filter(([name]) => !name.startsWith(prefix));
  const { units, bias = true } = whole.layers[place] as { units: number; bias?: boolean };
  const features = weights.get(`${prefix}weight`)!.shape[0]!;
  return {
    trunk: {
      model: model({ input: whole.input, layers: whole.layers.slice(0, place) }),
      weights: new Map(trunkWeights),
    },
    head: {
      model: model({ input: [features], layers: [{ type: "dense", units, bias }] }),
      weights: new Map(
        headWeights.map(([name, array]) => [name.replace(prefix, "layers.0."), array]),
      ),
    },
    place,
  };
}

/** The weights of the whole network with those of a head that was trained apart. */
export function withHead(weights: Weights, head: Weights, place: number): Weights {
  const joined = new Map(weights);
  for (const [name, array] of head)
    joined.set(name.replace("layers.0.", `layers.${place}.`), array);
  return joined;
}
