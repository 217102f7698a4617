/**
 * The text of `src/zoo/reached.ts`: the figures of each recipe as it stands, from the first of the rows
 * that change nothing about it, and of all nets of a row together; what was not trained stays as it was.
 */
export function reachedModule(figures, before) {
  const reached = { ...before };
  const plain = figures.filter(({ row }) => (row.options ?? []).length === 0);
  for (const { row, train, test, crossValidated } of plain.reverse()) {
    const split = test ?? train;
    const { mean, min, max } = split.accuracy;
    reached[row.recipe] = {
      on: crossValidated ? "folds" : test ? "test" : "training",
      seeds: row.seeds,
      accuracy: rounded(mean),
      least: rounded(min),
      greatest: rounded(max),
      loss: rounded(split.loss.mean),
    };
  }
  for (const { row, together } of figures.filter((one) => one.together)) {
    const accuracy = rounded(together.accuracy);
    const range = { accuracy, least: accuracy, greatest: accuracy };
    reached[row.together] = {
      on: "test",
      seeds: row.seeds,
      ...range,
      loss: rounded(together.loss),
    };
  }
  const entries = Object.entries(reached).sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = entries.map(([name, value]) => {
    const fields = Object.entries(value).map(
      ([key, figure]) => `    ${key}: ${JSON.stringify(figure)},`,
    );
    const key = /^[a-z]\w*$/.test(name) ? name : JSON.stringify(name);
    return [`  ${key}: {`, ...fields, "  },"].join("\n");
  });
  const body = lines.length === 0 ? "{}" : `{\n${lines.join("\n")}\n}`;
  return `import type { Reached } from "./recipe.js";

/** What each recipe reached, by its name. Written by \`npm run results\`, as \`docs/results.md\` is. */
export const reached: Readonly<Record<string, Reached>> = ${body};
`;
}

function rounded(value) {
  return Math.round(value * 1e6) / 1e6;
}
