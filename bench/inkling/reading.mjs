// Images to logits: the batch copied in, one forward pass, the first number looked at.
import { Random } from "../../dist/base/index.js";
import { model as checked, compileInference, initialWeights } from "../../dist/nn/index.js";
import { flopsOf, watchedBackend } from "../../dist/train/index.js";
import { batchesOf } from "../peers/samples.mjs";
import { repeated } from "../peers/serve.mjs";

export async function measureReading(request, backend) {
  const model = checked(request.model);
  const weights = initialWeights(model, new Random(1));
  let flops;
  const counting = watchedBackend(backend, (plan) => {
    flops = flopsOf(plan);
  });
  const program = await compileInference(model, weights, {
    batchSize: request.batch,
    backend: counting,
  });
  const next = batchesOf(request);
  const { inputs, outputs } = program;
  let sum = 0;
  const step = () => {
    inputs.set(next().images);
    program.run();
    sum += outputs[0];
  };
  const measure = (seconds) => {
    const rate = rateOf(seconds);
    if (!Number.isFinite(sum)) throw new Error("reading: logits must be finite, they are not");
    return rate;
  };
  const rateOf = repeated(step);
  return { measure, flops };
}
