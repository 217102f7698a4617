// jax-js on its WebAssembly device: the whole step in one jit, arrays made beforehand.
import { availableParallelism } from "node:os";
import {
  defaultDevice,
  init,
  jit,
  lax,
  nn,
  numpy as np,
  random,
  tree,
  valueAndGrad,
} from "@jax-js/jax";
import { batchesOf } from "../samples.mjs";
import { repeatedAsync, serve } from "../serve.mjs";

// Node 20 has no navigator, where jax-js looks for the number of cores.
globalThis.navigator ??= { hardwareConcurrency: availableParallelism() };

function training(request) {
  const { model, optimizer, batch } = request;
  const forward = forwardOf(model, batch);
  const loss = (parameters, images, labels) =>
    nn
      .logSoftmax(forward(parameters, images))
      .mul(labels)
      .sum()
      .mul(-1 / batch);
  const { update, moments } = optimizers[optimizer.type];
  const step = jit((parameters, state, scale, images, labels) => {
    const [value, gradients] = valueAndGrad(loss)(tree.ref(parameters), images, labels);
    return [value, ...update(parameters, gradients, state, scale)];
  });
  let parameters = parametersOf(model);
  let state = moments(parameters);
  let steps = 0;
  const next = arrays(request);
  return async () => {
    const { images, labels } = next();
    steps += 1;
    const scale = np.array(optimizers[optimizer.type].scale(optimizer.learningRate, steps));
    let value;
    [value, parameters, state] = step(parameters, state, scale, images.ref, labels.ref);
    await value.data();
  };
}

/** Updates of a list of parameters; `scale` gives the numbers that change from step to step. */
const optimizers = {
  sgd: {
    scale: (rate) => [rate],
    moments: () => [],
    update(parameters, gradients, state, scale) {
      const rate = scale.slice(0);
      const updated = parameters.map((p, i) => p.sub(gradients[i].mul(rate.ref)));
      rate.dispose();
      return [updated, state];
    },
  },
  adam: {
    scale: (rate, t) => [rate / (1 - 0.9 ** t), 1 / (1 - 0.999 ** t)],
    moments: (parameters) =>
      parameters.map((p) => ({ m: np.zeros(p.shape), v: np.zeros(p.shape) })),
    update(parameters, gradients, state, scale) {
      const rate = scale.ref.slice(0);
      const correction = scale.slice(1);
      const moved = state.map(({ m, v }, i) => ({
        m: m.mul(0.9).add(gradients[i].ref.mul(0.1)),
        v: v.mul(0.999).add(np.square(gradients[i]).mul(0.001)),
      }));
      const updated = parameters.map((p, i) => {
        const { m, v } = moved[i];
        const deviation = np.sqrt(v.ref.mul(correction.ref)).add(1e-8);
        return p.sub(m.ref.mul(rate.ref).div(deviation));
      });
      rate.dispose();
      correction.dispose();
      return [updated, moved];
    },
  },
};

function reading(request) {
  const forward = jit(forwardOf(request.model, request.batch));
  const parameters = parametersOf(request.model);
  const next = arrays(request);
  return async () => {
    const { images, labels } = next();
    labels.ref.dispose();
    await forward(tree.ref(parameters), images.ref).data();
  };
}

function product({ n }) {
  const [a, b] = [1, 2].map((seed) => random.uniform(random.key(seed), [n, n]));
  const multiply = jit((x, y) => np.matmul(x, y));
  return () => multiply(a.ref, b.ref).data();
}

/** Weights and biases in turn; filters are `[cout, cin, kh, kw]`. */
function parametersOf({ input: [height, width, channels], layers }) {
  const parameters = [];
  let shape = [channels, height, width];
  let seed = 0;
  const add = (weights, fan, outputs) => {
    const normal = random.normal(random.key(seed++), weights);
    parameters.push(normal.mul(Math.sqrt(2 / fan)), np.zeros([outputs]));
  };
  for (const layer of layers) {
    if (layer.type === "conv2d") {
      const { filters, kernel } = layer;
      add([filters, shape[0], kernel, kernel], shape[0] * kernel * kernel, filters);
      shape = [filters, shape[1], shape[2]];
    } else if (layer.type === "maxPool2d") {
      const [c, ...sides] = shape;
      shape = [c, ...sides.map((side) => Math.floor(side / layer.size))];
    } else if (layer.type === "flatten") {
      shape = [shape.reduce((size, side) => size * side)];
    } else {
      add([shape[0], layer.units], shape[0], layer.units);
      shape = [layer.units];
    }
  }
  return parameters;
}

/** From parameters and images `[batch, pixels]` to logits. */
function forwardOf({ input: [height, width, channels], layers }, batch) {
  return (parameters, images) => {
    const remaining = [...parameters];
    const taken = () => remaining.shift();
    const activated = (y, { activation }) => (activation === "relu" ? nn.relu(y) : y);
    let x = images;
    if (layers[0].type !== "flatten") x = x.reshape([batch, channels, height, width]);
    for (const layer of layers) {
      if (layer.type === "flatten") x = x.reshape([batch, -1]);
      else if (layer.type === "dense") x = activated(np.matmul(x, taken()).add(taken()), layer);
      else if (layer.type === "conv2d") {
        const convolved = lax.conv(x, taken(), [1, 1], "SAME");
        x = activated(convolved.add(taken().reshape([1, -1, 1, 1])), layer);
      } else x = maxPool(x, layer.size);
    }
    return x;
  };
}

/** Greatest of each whole window, `[n, c, h, w]`. */
function maxPool(x, size) {
  const [n, c, h, w] = x.shape;
  const [rows, columns] = [Math.floor(h / size), Math.floor(w / size)];
  const whole = x.slice([], [], [0, rows * size], [0, columns * size]);
  return whole.reshape([n, c, rows, size, columns, size]).max([3, 5]);
}

function arrays(request) {
  return batchesOf(request, ({ images, labels }) => ({
    images: np.array(images).reshape([request.batch, -1]),
    labels: nn.oneHot(np.array(labels), 10),
  }));
}

await serve(async (request) => {
  if (!(await init()).includes("wasm")) throw new Error("the wasm device does not start");
  defaultDevice("wasm");
  const prepare = { train: training, infer: reading, gemm: product }[request.kind];
  if (prepare === undefined) throw new Error("not written for this peer");
  return {
    measure: repeatedAsync(prepare(request)),
    note: "wasm device, whole step in one jit, as many threads as it takes",
  };
});
