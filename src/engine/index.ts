export type { Backend, Program, SlotView } from "./backend.js";
export { Graph, type Node, type NodeKind } from "./graph.js";
export type { Attributes, Elementwise, Operation, ReferenceCall } from "./operation.js";
export { type AdamAttributes, adam } from "./ops/adam.js";
export { add } from "./ops/add.js";
export { addBias } from "./ops/add-bias.js";
export { averagePool2d, averagePool2dGradient } from "./ops/average-pool2d.js";
export {
  type BatchNormAttributes,
  batchNorm,
  batchNormGradient,
  batchNormScaleGradient,
  batchStatistics,
} from "./ops/batch-norm.js";
export { binaryCrossEntropy, binaryCrossEntropyGradient } from "./ops/binary-cross-entropy.js";
export { clipFactor, scaleBy, squaredSum } from "./ops/clip-gradient.js";
export { constant } from "./ops/constant.js";
export {
  type Conv2dAttributes,
  conv2d,
  conv2dFilterGradient,
  conv2dInputGradient,
} from "./ops/conv2d.js";
export { countCorrect } from "./ops/count-correct.js";
export { type DropoutAttributes, dropout, dropoutHash } from "./ops/dropout.js";
export { gather } from "./ops/gather.js";
export { gelu, geluGradient } from "./ops/gelu.js";
export { globalAveragePool, globalAveragePoolGradient } from "./ops/global-average-pool.js";
export { type LeakyReluAttributes, leakyRelu, leakyReluGradient } from "./ops/leaky-relu.js";
export { type MatmulAttributes, matmul } from "./ops/matmul.js";
export { maxPool2d, maxPool2dGradient } from "./ops/max-pool2d.js";
export { mean, spread } from "./ops/mean.js";
export { meanSquaredError, meanSquaredErrorGradient } from "./ops/mean-squared-error.js";
export { movingAverage } from "./ops/moving-average.js";
export {
  type PooledFilterGradientAttributes,
  pooledFilterGradient,
} from "./ops/pooled-filter-gradient.js";
export { relu, reluGradient } from "./ops/relu.js";
export { reshape } from "./ops/reshape.js";
export { type RmspropAttributes, rmsprop } from "./ops/rmsprop.js";
export { type ScaleAttributes, scale } from "./ops/scale.js";
export { type SgdAttributes, type SgdMomentumAttributes, sgd, sgdMomentum } from "./ops/sgd.js";
export { sigmoid, sigmoidGradient } from "./ops/sigmoid.js";
export { softCrossEntropy, softCrossEntropyGradient } from "./ops/soft-cross-entropy.js";
export { softmax, softmaxGradient } from "./ops/softmax.js";
export {
  type CrossEntropyAttributes,
  softmaxCrossEntropy,
  softmaxCrossEntropyGradient,
} from "./ops/softmax-cross-entropy.js";
export { sumRows } from "./ops/sum-rows.js";
export { tanh, tanhGradient } from "./ops/tanh.js";
export { type Epilogue, lower, type Plan, type Slot, type Step } from "./plan.js";
export { referenceBackend } from "./reference/reference-backend.js";
export { type DType, formatShape, type Shape, sameShape, sizeOf } from "./shape.js";
export { type WasmOptions, wasmBackend } from "./wasm/backend.js";
export {
  browserThreadHost,
  type ThreadHost,
  type WorkerHandle,
  type WorkerStart,
} from "./wasm/thread-host.js";
export { type Padding, samePadding, type Window } from "./window.js";
