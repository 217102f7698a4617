import { join } from "node:path";
import { answerProbabilities } from "../../dist/base/index.js";
import { predict, predictedClasses } from "../../dist/evaluate/index.js";
import { loadDataSet, loadModel } from "../../dist/node/index.js";

/**
 * How an image is looked at once more: [x from x, x from y, y from x, y from y, shift right, shift down], the
 * place a pixel is taken from as a function of its own, both counted from the centre.
 */
const looks = {
  plain: [1, 0, 0, 1, 0, 0],
  left: [1, 0, 0, 1, 1, 0],
  right: [1, 0, 0, 1, -1, 0],
  up: [1, 0, 0, 1, 0, 1],
  down: [1, 0, 0, 1, 0, -1],
  larger: [0.92, 0, 0, 0.92, 0, 0],
  smaller: [1.08, 0, 0, 1.08, 0, 0],
  clockwise: [1, 0.1, -0.1, 1, 0, 0],
  anticlockwise: [1, -0.1, 0.1, 1, 0, 0],
  upright: [1, 0.15, 0, 1, 0, 0],
  slanted: [1, -0.15, 0, 1, 0, 0],
};

const views = {
  "the image alone": ["plain"],
  "shifted by a pixel": ["plain", "left", "right", "up", "down"],
  "8 % larger and smaller": ["plain", "larger", "smaller"],
  "turned by 6°": ["plain", "clockwise", "anticlockwise"],
  "sheared by 0.15": ["plain", "upright", "slanted"],
  "all of these": Object.keys(looks),
};

/** Whether `digits` reads more where it looks several times and averages the probabilities. */
export async function measureViews({ backend, dataDir, models, say }) {
  const { model, weights, classes, reading } = await loadModel(join(models, "digits.inkling"));
  const rows = Object.entries(views).map(([name, { length }]) => ({ name, looks: length }));
  for (const data of ["mnist", "unipen"]) {
    const { test } = await loadDataSet(`digits:${data}`, { dataDir });
    const seen = {};
    for (const [name, look] of Object.entries(looks)) {
      const logits = await predict(model, weights, lookedAt(test, look), { backend });
      seen[name] = answerProbabilities(logits, classes, reading);
    }
    for (const row of rows) {
      const together = mean(views[row.name].map((name) => seen[name]));
      const answers = together.length / test.count;
      const predicted = predictedClasses(together, answers);
      const right = predicted.filter((label, i) => label === test.labels[i]).length;
      row[data] = { n: test.count, right };
      say(`${row.name}, ${data}: ${right} of ${test.count}`);
    }
  }
  return rows;
}

function lookedAt(set, look) {
  const images = new Uint8Array(set.images.length);
  const size = set.height * set.width;
  for (let start = 0; start < images.length; start += size) {
    images.set(warped(set.images.subarray(start, start + size), set, look), start);
  }
  return { ...set, images };
}

/** The image as seen so, bilinearly, paper all around it. */
function warped(image, { height, width }, [xx, xy, yx, yy, shiftX, shiftY]) {
  const [centreX, centreY] = [(width - 1) / 2, (height - 1) / 2];
  const at = (x, y) => (x < 0 || y < 0 || x >= width || y >= height ? 0 : image[y * width + x]);
  return Uint8Array.from(image, (_, i) => {
    const u = (i % width) - centreX;
    const v = Math.floor(i / width) - centreY;
    const x = xx * u + xy * v + shiftX + centreX;
    const y = yx * u + yy * v + shiftY + centreY;
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [across, down] = [x - left, y - top];
    const above = (1 - across) * at(left, top) + across * at(left + 1, top);
    const below = (1 - across) * at(left, top + 1) + across * at(left + 1, top + 1);
    return Math.round((1 - down) * above + down * below);
  });
}

function mean(rows) {
  return rows[0].map((_, i) => rows.reduce((sum, row) => sum + row[i], 0) / rows.length);
}
