import { recipe } from "../../dist/zoo/index.js";
import { compareActivations } from "./compare-activations.mjs";
import { isReached, testMetrics } from "./figures.mjs";
import { commandOf } from "./jobs.mjs";

/**
 * `docs/results.md`: a section a system, a row a way of training it.
 *
 * @param sections - those of the campaign, each with the figures of its rows, absent where not trained
 */
export async function resultsDocument(sections, { machine, dataDir, threads }) {
  const parts = [];
  for (const section of sections) parts.push(await sectionText(section, { dataDir, threads }));
  return `# Results

Five systems that others built, repeated and held against what they report, and what goes beyond them. Written
by \`npm run results\` from the folders of the runs; nothing is copied by hand.

Every figure is a mean over the seeds 1, 2, 3 …, with the least and the greatest in brackets. The number of epochs is fixed
beforehand, nothing was chosen on test images, and of several seeds none is left out. Losses are mean
cross-entropies in nats.

${machine}

${parts.join("\n")}`;
}

async function sectionText({ id, title, about, compares, figures, missing }, options) {
  const heading = id.length === 1 ? `System ${id}: ${title}` : title;
  const lines = [`## ${heading}`, "", about, ""];
  if (figures.length > 0) lines.push(...figureTable(figures), "");
  for (const one of figures.filter(({ row }) => row.sameAs === undefined))
    lines.push(...(await remarks(one, options)));
  if (compares === "activations" && missing.length === 0) {
    lines.push(...compareActivations(figures, { picture: `images/results-${compares}.svg` }));
  }
  if (figures.length > 0) lines.push("```", ...figures.map(({ row }) => commandOf(row)), "```", "");
  if (missing.length > 0) {
    const names = missing.map(({ name, long }) => `\`${name}\`${long ? " (with `--long`)" : ""}`);
    lines.push(`Not trained yet: ${names.join(", ")}.`, "");
  }
  return lines.join("\n");
}

function figureTable(figures) {
  return [
    "| run | seeds | epochs | seconds | accuracy, training | loss, training | accuracy, held out | loss, held out | reported | reached |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ...figures.map((one) => {
      const { row, epochs, seconds, train, test } = one;
      const cells = [
        row.name,
        row.folds ? `${row.seeds} × ${row.folds} folds` : row.seeds,
        epochs,
        seconds < 10 ? seconds.toFixed(1) : Math.round(seconds),
        accuracyText(train.accuracy),
        train.loss.mean.toFixed(4),
        test ? accuracyText(test.accuracy) : "–",
        test ? test.loss.mean.toFixed(4) : "–",
        wantedText(one),
        { true: "yes", false: "NO", undefined: "–" }[isReached(one)],
      ];
      return `| ${cells.join(" | ")} |`;
    }),
  ];
}

function accuracyText({ mean, min, max, n }) {
  return n === 1 ? percent(mean) : `${percent(mean)} (${percent(min)} – ${percent(max)})`;
}

function wantedText({ row }) {
  const { reported = {} } = recipe(row.recipe);
  const { trainAccuracy, trainLoss, testAccuracy, testLoss } = reported;
  const parts = [
    ...(row.aim === undefined ? [] : [`aim ${percent(row.aim)}`]),
    ...(row.folds || testAccuracy === undefined ? [] : [`${percent(testAccuracy)}`]),
    ...(testLoss === undefined ? [] : [`loss ${testLoss}`]),
    ...(row.folds || trainAccuracy === undefined ? [] : [`training ${percent(trainAccuracy)}`]),
    ...(trainLoss === undefined ? [] : [`training loss ${trainLoss}`]),
  ];
  return parts.join(", ") || "–";
}

/** What a row shows besides its figures in the table. */
async function remarks(figures, options) {
  const { row, train, test, verdict, crossValidated } = figures;
  const lines = [];
  if (crossValidated) {
    const { n, accuracy, interval } = crossValidated;
    const range = interval.map(percent).join(" – ");
    lines.push(
      `${row.name}, cross-validated: ${percent(accuracy)} of ${n} images, 95 % interval ${range}.`,
      "",
    );
  } else if (!test) {
    const each = train.wrong.join(", ");
    lines.push(`${row.name}: ${each} of ${train.n} training images wrong, seed by seed.`, "");
  } else if (recipe(row.recipe).reported?.testF1 !== undefined) {
    const { precision, recall, specificity, f1 } = await testMetrics(figures, options);
    lines.push(
      `${row.name}, test images, averaged over the classes: precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, specificity ${specificity.toFixed(4)}, F1 ${f1.toFixed(4)} (reported ${recipe(row.recipe).reported.testF1}). ${verdict.text}`,
      "",
    );
  }
  if (row.together) {
    const { accuracy, interval, loss } = figures.together;
    const range = interval.map(percent).join(" – ");
    lines.push(
      `The ${row.seeds} nets of ${row.name} together (recipe \`${row.together}\`): ${percent(accuracy)}, 95 % interval ${range}, loss ${loss.toFixed(4)}.`,
      "",
    );
  }
  return lines;
}

function percent(share) {
  return `${(100 * share).toFixed(2)} %`;
}
