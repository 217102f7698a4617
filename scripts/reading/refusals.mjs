import { join } from "node:path";
import { answerProbabilities, logSumExp, Random } from "../../dist/base/index.js";
import { isForeign, notCharacters, subset } from "../../dist/data/index.js";
import { mostProbable, predict, separation } from "../../dist/evaluate/index.js";
import { loadDataSet, loadModel, loadStrokes } from "../../dist/node/index.js";

/** Images of each drawn kind. */
const COUNT = 2000;
/** None of the training's. */
const SEED = 77;

const drawn = [
  ["pairs of characters", ["pair"]],
  ["parts of characters", ["part"]],
  ["drawings and marks", ["drawing"]],
  ["scribbles", ["scribble", "hatching"]],
  ["paper without ink", ["paper"]],
];

/** How well `digits` tells digits from what is none, and how much it refuses of either. */
export async function measureRefusals({ backend, dataDir, models, say }) {
  const file = await loadModel(join(models, "digits.inkling"));
  const scoresOf = async (set) => {
    const logits = await predict(file.model, file.weights, set, { backend });
    const probabilities = answerProbabilities(logits, file.classes, file.reading);
    const answers = probabilities.length / set.count;
    const width = file.classes.length;
    const rows = Array.from({ length: set.count }, (_, i) =>
      Float64Array.from(logits.subarray(i * width, i * width + answers)),
    );
    return {
      confidence: mostProbable(probabilities, answers),
      greatestLogit: Float64Array.from(rows, (row) => Math.max(...row)),
      energy: Float64Array.from(rows, (row) => logSumExp(row, 0, answers)),
    };
  };
  const digits = await scoresOf((await loadDataSet("digits:mnist+unipen", { dataDir })).test);
  const { test } = await loadDataSet("unipen", { dataDir });
  const foreign = Array.from(test.labels.keys()).filter((i) =>
    isForeign("digits", test.classes[test.labels[i]]),
  );
  const glyphs = await loadStrokes("test", { dataDir });
  const random = new Random(SEED);
  const sets = [
    ["letters that look like no digit", subset(test, foreign)],
    ...drawn.map(([name, kinds]) => [
      name,
      notCharacters({ count: COUNT, selection: "digits", glyphs, kinds, random }),
    ]),
  ];
  const { threshold } = file.reading;
  const refused = (scores) => scores.filter((score) => score < threshold).length / scores.length;
  const rows = [];
  for (const [name, set] of sets) {
    const scores = await scoresOf(set);
    const areas = Object.keys(scores).map((kind) => [kind, separation(digits[kind], scores[kind])]);
    const row = {
      name,
      n: set.count,
      ...Object.fromEntries(areas),
      refused: refused(scores.confidence),
    };
    say(`digits against ${name}: ${row.confidence}, refused ${row.refused}`);
    rows.push({ ...row });
  }
  return { digits: { n: digits.confidence.length, refused: refused(digits.confidence) }, rows };
}
