// Whole steps of training: the batch gathered from the set's bytes, forward, loss, gradients, update.
import { Random } from "../../dist/base/index.js";
import { model as checked, compileTraining, initialWeights } from "../../dist/nn/index.js";
import { flopsOf, watchedBackend } from "../../dist/train/index.js";
import { setOf } from "../peers/samples.mjs";
import { repeated } from "../peers/serve.mjs";

export async function measureTraining(request, backend) {
  const { learningRate, ...optimizer } = request.optimizer;
  const model = checked(request.model);
  let flops;
  const counting = watchedBackend(backend, (plan) => {
    flops = flopsOf(plan);
  });
  const { images, labels, pixels } = setOf(request);
  const program = await compileTraining(model, {
    batchSize: request.batch,
    loss: { type: "crossEntropy" },
    optimizer,
    weights: initialWeights(model, new Random(1)),
    seed: 1,
    backend: counting,
    bankCount: labels.length,
  });
  const { bank, targets, batchSize } = program;
  for (let i = 0; i < labels.length * pixels; i++) bank.bytes[i] = Math.round(255 * images[i]);
  let next = 0;
  const step = () => {
    if (next + batchSize > labels.length) next = 0;
    for (let row = 0; row < batchSize; row++) bank.indices[row] = next + row;
    targets.set(labels.subarray(next, next + batchSize));
    next += batchSize;
    program.step(learningRate);
  };
  return { measure: repeated(step), flops };
}
