export type { Backend, Program, SlotView } from "./backend.js";
export { Graph, type Node } from "./graph.js";
export type { Attributes, Operation } from "./operation.js";
export { add } from "./ops/add.js";
export { matmul } from "./ops/matmul.js";
export { relu } from "./ops/relu.js";
export { lower, type Plan, type Slot } from "./plan.js";
export { referenceBackend } from "./reference/reference-backend.js";
export { type DType, formatShape, type Shape, sameShape, sizeOf } from "./shape.js";
