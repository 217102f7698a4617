// Networks of many shapes, so that speed is not had for two of them alone: kernels of 3 and 5,
// strides, odd numbers of channels, batch normalisation, dropout, one to five layers.
import { recipes } from "../dist/zoo/index.js";
import { cnn, mlp, softmax } from "./networks.mjs";

const relu = "relu";
const dense = (units, options) => ({ type: "dense", units, ...options });
const conv = (filters, kernel, options) => ({
  type: "conv2d",
  filters,
  kernel,
  padding: "same",
  activation: relu,
  ...options,
});
const normalized = (filters, kernel) => [
  conv(filters, kernel, { activation: "linear", bias: false }),
  { type: "batchNorm" },
  { type: "activation", activation: relu },
];
const pool = { type: "maxPool2d", size: 2 };
const average = { type: "averagePool2d", size: 2 };
const dropout = (rate) => ({ type: "dropout", rate });
const flatten = { type: "flatten" };
const digits = (...layers) => ({ input: [28, 28, 1], layers: [...layers, dense(10)] });

/** By name. */
export const generalNetworks = {
  softmax,
  mlp,
  "mlp 512-256": digits(
    flatten,
    dense(512, { activation: relu }),
    dense(256, { activation: relu }),
  ),
  "mlp 100-100 tanh, dropout": digits(
    flatten,
    dense(100, { activation: "tanh" }),
    dropout(0.2),
    dense(100, { activation: "tanh" }),
  ),
  "mlp 37-19": digits(flatten, dense(37, { activation: relu }), dense(19, { activation: relu })),
  cnn,
  "conv 8, 3x3": digits(conv(8, 3), pool, flatten),
  "conv 32-64, 3x3": digits(conv(32, 3), conv(64, 3), pool, flatten),
  "conv 7-13, 3x3, odd": digits(conv(7, 3), pool, conv(13, 3), pool, flatten),
  "conv 32-64, strides 2": digits(
    conv(32, 3, { strides: 2 }),
    conv(64, 3, { strides: 2 }),
    flatten,
    dense(128, { activation: relu }),
  ),
  "conv 6-16, 5x5, averages": digits(
    conv(6, 5),
    average,
    conv(16, 5, { padding: "valid" }),
    average,
    flatten,
    dense(120, { activation: relu }),
    dense(84, { activation: relu }),
  ),
  "conv 16-32-64, normalized": digits(
    ...normalized(16, 3),
    pool,
    ...normalized(32, 3),
    pool,
    ...normalized(64, 3),
    { type: "globalAveragePool" },
  ),
  "conv 32-64, dropout": digits(
    conv(32, 5),
    pool,
    conv(64, 5),
    pool,
    dropout(0.25),
    flatten,
    dense(256, { activation: relu }),
    dropout(0.5),
  ),
  "conv 24-48, colour 32x32": {
    input: [32, 32, 3],
    layers: [conv(24, 3), pool, conv(48, 3), pool, flatten, dense(10)],
  },
  ...Object.fromEntries(
    recipes()
      .filter(({ name }) => ["cnn", "digits", "fast99"].includes(name))
      .map(({ name, model }) => [`recipe ${name}`, model]),
  ),
};
