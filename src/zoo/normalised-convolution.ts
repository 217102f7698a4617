import type { LayerDescription } from "../nn/index.js";

/**
 * A convolution whose outputs are normalised over the batch, then rectified (Ioffe and Szegedy 2015). It has
 * no bias: the normalisation has one.
 */
export function normalisedConvolution(
  filters: number,
  kernel: number,
  padding: "same" | "valid" = "same",
): LayerDescription[] {
  return [
    { type: "conv2d", filters, kernel, padding, bias: false },
    { type: "batchNorm", momentum: 0.97 },
    { type: "activation", activation: "relu" },
  ];
}
