// What docs/results.md consists of: sections with rows, a row being one recipe trained with several seeds.
//
// `seconds` is what one training takes on two quiet cores; it only serves the estimate of the time left.
// Rows that are `long` are trained with --long alone. `together` names the recipe that all nets of a row make
// up when they answer as one.

/** Every way of training that system B is shown with. */
const epochsOfB = [40, 60, 100].map((epochs) => ({
  name: `mlp-25-15-${epochs}-epochs`,
  recipe: "mlp-25-15",
  options: epochs === 40 ? [] : ["--epochs", `${epochs}`],
  seeds: 5,
  seconds: 3,
}));

const activations = ["sigmoid", "tanh", "relu"];
/** Learning from five sixths of the training images, the rest measured after each epoch. */
const withValidation = ["--validation", "0.1"];

export const campaign = [
  {
    id: "A",
    title: "A fully connected net with all its figures",
    about:
      "784 pixels, one hidden layer of rectified units, ten classes; Adam, ten epochs. The width was chosen on a part of the training images held back.",
    rows: [{ name: "mlp-512", recipe: "mlp-512", seeds: 5, seconds: 12 }],
  },
  {
    id: "B",
    title: "A small net for 5,000 images of 20×20",
    about:
      "400-25-15-10, ten logits out, Adam at 0.001, batches of 32; weights [400, 25], [25, 15], [15, 10], biases [25], [15], [10]. The work counts the images read wrongly among those it learned from: 15 of 5,000. Cross-validation says what such a net makes of images it has not seen: each of the 5,000 is read by the one of five nets that did not learn from it.",
    rows: [
      ...epochsOfB,
      { name: "mlp-25-15", recipe: "mlp-25-15", seeds: 5, folds: 5, seconds: 2, aim: 0.921 },
      { name: "cnn-20x20", recipe: "cnn-20x20", seeds: 1, folds: 5, seconds: 25, aim: 0.985 },
    ],
  },
  {
    id: "C",
    title: "Three models compared",
    about:
      "Softmax regression, a hidden layer of 100 sigmoid units, and three convolutions of 5×5 with pooling, all trained by stochastic gradient descent.",
    rows: [
      { name: "softmax-sgd", recipe: "softmax-sgd", seeds: 5, seconds: 5 },
      { name: "sigmoid-100", recipe: "sigmoid-100", seeds: 5, seconds: 6 },
      { name: "cnn-16-32-64", recipe: "cnn-16-32-64", seeds: 3, seconds: 75 },
    ],
  },
  {
    id: "D",
    title: "From scratch: 15 hidden units and gradient descent",
    about:
      "One hidden layer of 15 units, weights from a normal distribution, plain gradient descent over 600 images at a time, for three activations. Learned from nine tenths of the training images; the others were measured after each epoch.",
    compares: "activations",
    rows: [
      ...activations.map((activation) => ({
        name: `${activation}-15`,
        recipe: `${activation}-15`,
        options: withValidation,
        seeds: 10,
        seconds: 5,
      })),
      ...activations.map((activation) => ({
        name: `${activation}-15-reference`,
        recipe: `${activation}-15`,
        options: [...withValidation, "--device", "reference"],
        seeds: 1,
        seconds: 90,
        sameAs: `${activation}-15`,
      })),
    ],
  },
  {
    id: "E",
    title: "Hidden layers of 128 and 256 units",
    about:
      "One or two hidden layers of rectified units, softmax, cross-entropy, batches of 32 or 64.",
    rows: ["mlp-128", "mlp-256", "mlp-256-128"].flatMap((recipe) =>
      [32, 64].map((size) => ({
        name: size === 32 ? recipe : `${recipe}-batch-${size}`,
        recipe,
        options: size === 32 ? [] : ["--batch-size", `${size}`],
        seeds: 3,
        seconds: 10,
      })),
    ),
  },
  {
    id: "beyond",
    title: "What goes beyond",
    about:
      "Recipes of our own. Widths, rates and epochs were chosen on a part of the training images held back; the number of epochs is fixed, and the test set is read once for each seed.",
    rows: [
      { name: "cnn", recipe: "cnn", seeds: 3, seconds: 130, aim: 0.995 },
      {
        name: "mlp-deformed",
        recipe: "mlp-deformed",
        seeds: 3,
        seconds: 900,
        long: true,
        aim: 0.994,
      },
      {
        name: "wide",
        recipe: "wide",
        seeds: 5,
        seconds: 2400,
        long: true,
        aim: 0.9975,
        together: "ensemble",
      },
    ],
  },
];
