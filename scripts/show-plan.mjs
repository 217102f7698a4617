// Shows how a small model becomes a module: its graph, its plan, its functions; or the bytes of one
// function. After a build: node scripts/show-plan.mjs training|inference [function]
import { Random } from "../dist/base/index.js";
import { formatShape, Graph, referenceBackend } from "../dist/engine/index.js";
import { emitStep } from "../dist/engine/wasm/kernels/emit-step.js";
import { ProgramEmitter } from "../dist/engine/wasm/program-emitter.js";
import * as nn from "../dist/nn/index.js";

const [kind = "training", chosen] = process.argv.slice(2);
const model = nn.model({ input: [6], layers: [nn.dense(8, { activation: "relu" }), nn.dense(3)] });
const weights = nn.initialWeights(model, new Random(1));

// The graph is caught as it is written, the plan as it reaches its backend.
let graph;
let plan;
const { apply } = Graph.prototype;
Graph.prototype.apply = function caught(...given) {
  graph = this;
  return apply.apply(this, given);
};
const load = (lowered) => referenceBackend.load((plan = lowered));
const options = { batchSize: 8, backend: { load } };
const learning = { loss: { type: "crossEntropy" }, optimizer: { type: "sgd" }, seed: 1 };
if (kind === "inference") await nn.compileInference(model, weights, options);
else await nn.compileTraining(model, { ...options, ...learning, weights });

const emitter = new ProgramEmitter(plan, { threads: 1, fused: true, shareFrom: 20_000 });
const functions = [];
let owner = "";
const add = emitter.module.function;
emitter.module.function = function caught(...given) {
  const code = add.apply(this, given);
  functions[code.index] = { code, owner };
  return code;
};
for (const step of plan.steps) {
  owner = step.label;
  emitStep(emitter, step);
}
owner = "all phases";
const { bytes } = emitter.finish();

const named = new Map([...plan.inputs, ...plan.states].map(([name, { offset }]) => [offset, name]));
const place = (slot) => (slot === undefined ? "·" : (named.get(slot.offset) ?? `@${slot.offset}`));
const called = ({ operation }, slots) => `${operation.name}(${slots.map(place).join(", ")})`;
const nodeLine = ({ id, label, shape, inputs }) =>
  [`  ${id} ${label} ${formatShape(shape)}`, ...inputs.map((input) => `#${input.id}`)].join(" ");
const stepLine = ({ epilogue, update, output, ...step }) => {
  const calls = [called(step, step.inputs), ...epilogue.map((it) => called(it, it.operands))];
  const target = update ? called(update, update.operands) : place(output);
  return `  ${calls.join(" + ")} → ${target}`;
};
const functionLine = ({ code, owner }, index) => `  ${index} ${owner}: ${code.encode().length}`;
if (chosen === undefined) {
  console.log(["graph", ...graph.nodes.map(nodeLine)].join("\n"));
  console.log([`plan, ${plan.words} words`, ...plan.steps.map(stepLine)].join("\n"));
  console.log([`module, ${bytes.length} bytes`, ...functions.map(functionLine)].join("\n"));
} else {
  const hex = Buffer.from(functions[chosen].code.encode()).toString("hex");
  console.log(hex.replace(/..(?!$)/g, "$& "));
}
