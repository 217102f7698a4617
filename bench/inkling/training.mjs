// Whole steps of training: the batch copied in, forward, loss, gradients, update.
import { Random } from "../../dist/base/index.js";
import { model as checked, compileTraining, initialWeights } from "../../dist/nn/index.js";
import { countingBackend } from "../flops.mjs";
import { batchesOf } from "../peers/samples.mjs";
import { repeated } from "../peers/serve.mjs";

export async function measureTraining(request, backend) {
  const { learningRate, ...optimizer } = request.optimizer;
  const model = checked(request.model);
  const counting = countingBackend(backend);
  const program = await compileTraining(model, {
    batchSize: request.batch,
    loss: { type: "crossEntropy" },
    optimizer,
    weights: initialWeights(model, new Random(1)),
    seed: 1,
    backend: counting,
  });
  const next = batchesOf(request);
  const { inputs, targets } = program;
  const step = () => {
    const { images, labels } = next();
    inputs.set(images);
    targets.set(labels);
    program.step(learningRate);
  };
  return { measure: repeated(step), flops: counting.flops };
}
