import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError, ShapeError } from "../base/index.js";
import { describeModel } from "./describe-model.js";
import {
  activation,
  averagePool2d,
  batchNorm,
  conv2d,
  dense,
  dropout,
  flatten,
  globalAveragePool,
  maxPool2d,
  model,
} from "./model.js";
import { parseModel } from "./parse-model.js";

const cnn = model({
  input: [28, 28, 1],
  layers: [
    conv2d(8, 5, { padding: "same", bias: false }),
    batchNorm({ momentum: 0.99 }),
    activation("leakyRelu", { slope: 0.2 }),
    maxPool2d(2),
    conv2d(16, [3, 5], { strides: [2, 1], initializer: { type: "normal", deviation: 0.05 } }),
    averagePool2d(3, { strides: 2, padding: "same" }),
    dropout(0.25),
    flatten(),
    dense(10, { activation: "softmax" }),
  ],
});

const withLayers = (...layers: unknown[]) => ({ input: [28, 28, 1], layers });

describe("parseModel", () => {
  it("gives back a model with every kind of layer after a trip through JSON", () => {
    expect(parseModel(JSON.parse(JSON.stringify(cnn)), "m.json")).toEqual(cnn);
  });

  const wrong: [unknown, string][] = [
    [null, "must be an object, got null"],
    [[], "must be an object, got a list"],
    [{ layers: [] }, "input must be a list of 1 to 3 elements, got nothing"],
    [{ input: [28.5], layers: [] }, "input[0] must be an integer from 1 to 65536, got 28.5"],
    [{ input: [1], layers: [] }, "layers must be a list of 1 to 256 elements, got 0 elements"],
    [{ ...cnn, name: "x" }, '"name" is not an option; known are input, layers'],
    [withLayers(7), "layers[0] must be an object, got 7"],
    [
      withLayers({ type: "constructor" }),
      'layers[0].type must be "dense", "conv2d", "maxPool2d", "averagePool2d", "globalAveragePool", ' +
        '"flatten", "dropout", "batchNorm" or "activation", got "constructor"',
    ],
    [
      withLayers({ type: "conv2d", filters: 2, kernel: 3, stride: 2 }),
      'layers[0] conv2d: "stride" is not an option; did you mean strides? known are filters, kernel, strides, padding, activation, initializer, bias',
    ],
    [
      withLayers(flatten(), { type: "dense", units: 0 }),
      "layers[1] dense: units must be an integer from 1 to 65536, got 0",
    ],
    [
      withLayers(flatten(), { type: "dense", units: 3, unitz: 1 }),
      'layers[1] dense: "unitz" is not an option; did you mean units? known are units, activation, initializer, bias',
    ],
    [
      withLayers({ type: "flatten", depth: 1 }),
      'layers[0] flatten: "depth" is not an option; it has no options',
    ],
    [
      withLayers({ type: "conv2d", filters: 4, kernel: [3, 3, 3] }),
      "layers[0] conv2d: kernel must be a list of 2 to 2 elements, got 3 elements",
    ],
    [
      withLayers({ type: "conv2d", filters: 4, kernel: 3, padding: "full" }),
      'layers[0] conv2d: padding must be "same" or "valid", got "full"',
    ],
    [
      withLayers({ type: "conv2d", filters: 4, kernel: 3, initializer: { type: "normal" } }),
      "layers[0] conv2d: initializer.deviation must be a number from 0 to 1000, got nothing",
    ],
    [
      withLayers({ type: "dropout", rate: 1 }),
      "layers[0] dropout: rate must be a number from 0 to 0.99, got 1",
    ],
    [
      withLayers({ type: "activation", activation: "swish" }),
      'layers[0] activation: activation must be "linear", "relu", "leakyRelu", "sigmoid", "tanh", ' +
        '"gelu" or "softmax", got "swish"',
    ],
    [
      withLayers(dense(10)),
      "layers[0] dense: input must be flat, got [28, 28, 1]; put a flatten before it",
    ],
    [
      withLayers(flatten(), conv2d(4, 3)),
      "layers[1] conv2d: input must be [height, width, channels], got [784]",
    ],
    [
      withLayers(maxPool2d(7), conv2d(4, 5)),
      'layers[1] conv2d: kernel [5, 5] does not fit input [4, 4]; use padding: "same"',
    ],
    [
      withLayers(flatten(), dense(65536), dense(65536)),
      "layers[2] dense: weights up to here must be at most 67108864, got 4346413056",
    ],
  ];
  for (const [value, problem] of wrong) {
    it(`says: ${problem.slice(0, 90)}`, () => {
      expect(() => parseModel(value, "m.json")).toThrow(new FormatError("m.json", problem));
    });
  }

  it("bounds the values between the layers, too", () => {
    const wide = withLayers(conv2d(65536, 1), activation("relu"));
    expect(() => parseModel(wide, "m.json")).toThrow(
      "m.json: layers[1] activation: values between the layers up to here must be at most 67108864, got 102760448",
    );
  });

  it("either reads or fails with a FormatError, whatever stands in a layer", () => {
    const layers = cnn.layers as readonly object[];
    const place = fc.nat(layers.length - 1).chain((index) =>
      fc.record({
        index: fc.constant(index),
        key: fc.oneof(fc.constantFrom(...Object.keys(layers[index])), fc.string()),
        value: fc.oneof(fc.jsonValue(), fc.integer(), fc.constantFrom("same", [1, 2], 65536)),
      }),
    );
    fc.assert(
      fc.property(place, ({ index, key, value }) => {
        const changed = layers.map((layer, i) =>
          i === index ? { ...layer, [key]: value } : layer,
        );
        try {
          parseModel({ input: [28, 28, 1], layers: changed }, "fuzzed");
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 2000, seed: 11 },
    );
  });
});

describe("model", () => {
  it("holds a caller's model against the same rules", () => {
    expect(() => model({ input: [4], layers: [dense(0)] })).toThrow(
      new TypeError("model: layers[0] dense: units must be an integer from 1 to 65536, got 0"),
    );
    expect(() => model({ input: [4], layers: [globalAveragePool()] })).toThrow(
      new ShapeError(
        "layers[0] globalAveragePool: input must be [height, width, channels], got [4]",
      ),
    );
  });
});

describe("describeModel", () => {
  it("tells the shape and size of every layer", () => {
    const lines = describeModel(cnn).map(
      ({ name, type, outputShape, parameters }) => `${name} ${type} ${outputShape} ${parameters}`,
    );
    expect(lines).toEqual([
      "layers[0] conv2d 28,28,8 200",
      "layers[1] batchNorm 28,28,8 32",
      "layers[2] activation 28,28,8 0",
      "layers[3] maxPool2d 14,14,8 0",
      "layers[4] conv2d 6,10,16 1936",
      "layers[5] averagePool2d 3,5,16 0",
      "layers[6] dropout 3,5,16 0",
      "layers[7] flatten 240 0",
      "layers[8] dense 10 2410",
    ]);
  });
});
