// The networks that every system is asked for: model descriptions, plain data.

/** 784 pixels, 128 rectified units, 10 classes. */
export const mlp = {
  input: [28, 28, 1],
  layers: [
    { type: "flatten" },
    { type: "dense", units: 128, activation: "relu" },
    { type: "dense", units: 10 },
  ],
};

/** Softmax regression: 784 pixels, 10 classes. */
export const softmax = {
  input: [28, 28, 1],
  layers: [{ type: "flatten" }, { type: "dense", units: 10 }],
};

const block = (filters) => [
  { type: "conv2d", filters, kernel: 5, padding: "same", activation: "relu" },
  { type: "maxPool2d", size: 2 },
];

/** Three convolutions of 5×5 with pooling, one hidden layer of 100. */
export const cnn = {
  input: [28, 28, 1],
  layers: [
    ...block(16),
    ...block(32),
    ...block(64),
    { type: "flatten" },
    { type: "dense", units: 100, activation: "relu" },
    { type: "dense", units: 10 },
  ],
};
