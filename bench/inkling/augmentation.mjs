// What deforming every image anew costs an epoch: the share by which it takes longer.
import { lightAugmentation } from "../../dist/data/index.js";
import { model as checked } from "../../dist/nn/index.js";
import { loadDataSet } from "../../dist/node/index.js";
import { fit } from "../../dist/train/index.js";

/** An epoch with and an epoch without, in turn; the number of seconds asked for is not heeded. */
export async function measureAugmentation(request, backend) {
  const { learningRate, ...optimizer } = request.optimizer;
  const model = checked(request.model);
  const { train } = await loadDataSet(request.dataSet, { offline: true });
  const epochS = async (extra) => {
    const { batch: batchSize } = request;
    const options = { epochs: 1, batchSize, learningRate, optimizer, seed: 1, backend, ...extra };
    return (await fit(model, train, options)).seconds;
  };
  const measure = async () => {
    const plain = await epochS({});
    return (await epochS({ augmentation: lightAugmentation })) / plain - 1;
  };
  return { measure, isWarm: true };
}
