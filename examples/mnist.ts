/** Trains a network on MNIST, checks it on new digits, saves it, and reads a picture with it. */
import * as ink from "inkling";
import { loadDataSet, loadModel, loadPicture, saveModel, threadHost } from "inkling/node";

const { train, test = train } = await loadDataSet(process.env.EXAMPLE_DATA ?? "mnist");
const backend = await ink.wasmBackend({ threads: 2, host: threadHost });

const hidden = ink.dense(128, { activation: "relu" });
const output = ink.dense(10, { activation: "softmax" });
const model = ink.model({ input: [28, 28, 1], layers: [ink.flatten(), hidden, output] });
const { weights } = await ink.fit(model, train, {
  epochs: 5,
  batchSize: 64,
  learningRate: 0.001,
  optimizer: { type: "adam" },
  seed: 1,
  backend,
});

const outputs = await ink.predict(model, weights, test, { backend });
const { accuracy, interval } = ink.evaluate(outputs, test);
console.log({ accuracy, interval });

const use = { preprocessing: ink.mnistFraming(), reading: { temperature: 1, threshold: 0.5 } };
await saveModel("mnist.inkling", { model, weights, classes: train.classes, ...use, record: {} });

const reader = await ink.createReader(await loadModel("mnist.inkling"), backend);
const [answer] = reader.read([await loadPicture(process.argv[2] ?? "digit.png")]);
console.log(`reads ${answer?.label}, ${Math.round(100 * (answer?.confidence ?? 0))} % sure`);
