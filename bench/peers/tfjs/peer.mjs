// TensorFlow.js on its WebAssembly backend, SIMD and threads.
import "@tensorflow/tfjs-backend-wasm";
import { createRequire } from "node:module";
import { dirname, sep } from "node:path";
import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";
import { batchesOf } from "../samples.mjs";
import { repeated, serve } from "../serve.mjs";

await serve(async (request) => {
  const entry = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
  setWasmPaths(dirname(entry) + sep);
  setThreadsCount(request.threads);
  if (!(await tf.setBackend("wasm"))) throw new Error("the wasm backend does not start");
  const prepare = { train: training, infer: reading, gemm: product }[request.kind];
  if (prepare === undefined) throw new Error("not written for this peer");
  const note = `wasm backend, threads: ${request.threads}, tensors made beforehand`;
  return { measure: repeated(prepare(request)), note };
});

function training(request) {
  const { model, optimizer } = request;
  const network = networkOf(model);
  const update = tf.train[optimizer.type](optimizer.learningRate);
  const variables = network.trainableWeights.map((weight) => weight.read());
  const next = tensorBatches(request);
  return () => {
    const { images, labels } = next();
    const loss = update.minimize(
      () => tf.losses.softmaxCrossEntropy(labels, network.apply(images, { training: true })),
      true,
      variables,
    );
    loss.dataSync();
    loss.dispose();
  };
}

function reading(request) {
  const network = networkOf(request.model);
  const next = tensorBatches(request);
  return () => tf.tidy(() => network.predict(next().images, request).dataSync());
}

function product({ n }) {
  const [a, b] = [tf.randomUniform([n, n]), tf.randomUniform([n, n])];
  return () => tf.tidy(() => tf.matMul(a, b).dataSync());
}

function networkOf({ input, layers: descriptions }) {
  const network = layers.sequential();
  descriptions.forEach((description, i) => {
    network.add(makeLayer(description, i === 0 ? { inputShape: input } : {}));
  });
  return network;
}

function makeLayer({ type, units, filters, kernel: kernelSize, size, padding, activation }, first) {
  switch (type) {
    case "flatten":
      return layers.layers.flatten(first);
    case "dense":
      return layers.layers.dense({ units, activation });
    case "conv2d":
      return layers.layers.conv2d({ filters, kernelSize, padding, activation, ...first });
    case "maxPool2d":
      return layers.layers.maxPooling2d({ poolSize: size });
    default:
      throw new Error(`no layer ${type}`);
  }
}

function tensorBatches(request) {
  const shape = [request.batch, ...request.model.input];
  return batchesOf(request, ({ images, labels }) => ({
    images: tf.tensor(images, shape),
    labels: tf.cast(tf.oneHot(tf.tensor1d(labels, "int32"), 10), "float32"),
  }));
}
