import { describe, expect, it } from "vitest";
import { NOT_A_CHARACTER, Random } from "../../base/index.js";
import { type ImageSet, synthetic } from "../../data/index.js";
import { conv2d, dense, flatten, initialWeights, model } from "../../nn/index.js";
import { evaluate } from "../evaluate.js";
import { type Report, renderReport } from "./report.js";
import { reportData } from "./report-data.js";

const set: ImageSet = {
  ...synthetic({ count: 6, random: new Random(1) }),
  labels: Int32Array.of(0, 1, 1, 2, 2, 2),
  classes: ["a", "<b>", "c"],
};
/** Images 2 and 5 are misread, 5 more surely. */
const logits = Float32Array.from([3, 0, 0, 0, 3, 0, 1, 0, 0, 0, 0, 3, 0, 0, 2, 0, 4, 0]);
const evaluation = evaluate(logits, set);
const network = model({
  input: [28, 28, 1],
  layers: [conv2d(2, 5, { activation: "relu" }), flatten(), dense(3, { activation: "softmax" })],
});

const full: Report = {
  title: 'mlp & "friends" <on> mnist',
  subtitle: "seed 1",
  evaluation,
  split: "test",
  answers: { set, logits },
  network: { model: network, weights: initialWeights(network, new Random(1)) },
  train: { n: 100, loss: 0.01, accuracy: 1 },
  history: [
    { epoch: 1, loss: 0.5, accuracy: 0.8, validation: { loss: 0.4, accuracy: 0.85 } },
    { epoch: 2, loss: 0.02, accuracy: 0.99, validation: { loss: 0.03, accuracy: 0.98 } },
  ],
  configuration: [["recipe", "<script>alert(1)</script>"]],
};

/** Tags in order of opening; fails where one is closed out of turn or left open. */
function openTags(page: string): string[] {
  const tags: string[] = [];
  const open: string[] = [];
  for (const [, closing, name, rest] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)\b([^>]*)>/g)) {
    if (closing) expect(open.pop()).toBe(name);
    else {
      tags.push(name);
      if (!/^(meta|img|br)$/.test(name) && !rest.endsWith("/")) open.push(name);
    }
  }
  expect(open).toEqual([]);
  return tags;
}

const inPercent = (value: string): string => `${value}\u202f%`;

describe("renderReport", async () => {
  const page = await renderReport(full);

  it("is one well-formed page that needs nothing else", () => {
    const tags = openTags(page);
    expect(tags).not.toContain("script");
    expect(tags).not.toContain("link");
    expect(page).not.toMatch(/https?:|@import/);
    for (const [, source] of page.matchAll(/(?:src="|url\()([^")]*)/g)) {
      expect(source).toMatch(/^data:image\/png;base64,/);
    }
    for (const [, target] of page.matchAll(/(?:href="#|popovertarget=")([^"]*)"/g)) {
      expect(page).toContain(`id="${target}"`);
    }
    const ids = Array.from(page.matchAll(/ id="([^"]*)"/g), ([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("draws curves, confidence, ranking and the activation functions", () => {
    const drawn = Array.from(
      page.matchAll(/<svg [^>]*aria-labelledby="([\w-]+)-title/g),
      ([, id]) => id,
    );
    expect(drawn).toEqual([
      ...["loss", "accuracy", "reliability", "reject", "roc", "precision-recall"],
      ...["activation-relu", "activation-softmax"],
    ]);
  });

  it("calls nothing 100 % that is not, and draws no axis beyond", async () => {
    const accuracyTicks = async (accuracies: readonly number[]): Promise<string[]> => {
      const history = accuracies.map((accuracy, i) => ({ epoch: i + 1, loss: 0.1, accuracy }));
      const drawn = await renderReport({ ...full, history });
      const chart = drawn.slice(drawn.indexOf('id="accuracy-desc"')).split("</svg>")[0];
      const ticks = chart.matchAll(/<text class="tick"[^>]*>([^<]*\u202f%)</g);
      return Array.from(ticks, ([, text]) => text);
    };
    expect(await accuracyTicks([0.8, 0.99])).toEqual(
      ["80", "85", "90", "95", "100"].map(inPercent),
    );
    expect(await accuracyTicks([1, 1])).toEqual(["99.9", "99.95", "100"].map(inPercent));
    const almost = { ...evaluation, n: 200_000, accuracy: 199_999 / 200_000 };
    const report = await renderReport({ ...full, evaluation: almost });
    expect(report).toContain("<dd>&gt;99.99\u202f%</dd>");
  });

  it("shows what is given as text, never as markup", () => {
    expect(page).toContain("<h1>mlp &amp; &quot;friends&quot; &lt;on&gt; mnist</h1>");
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page).toContain('<th scope="row">&lt;b&gt;</th>');
  });

  it("leads with the accuracy, its interval and the loss", () => {
    expect(page).toContain("<dt>Accuracy on test</dt><dd>66.67\u202f%</dd>");
    expect(page).toContain("95 % interval 30.00\u202f% to 90.32\u202f%");
    expect(page).toContain('<dd>2</dd><dd class="quiet">of 6 images</dd>');
  });

  it("describes the curves to those who do not see them", () => {
    expect(page).toContain(
      '<desc id="loss-desc">From epoch 1 to 2: training 0.5000 to 0.0200, validation 0.4000 to 0.0300.</desc>',
    );
  });

  it("lists mistakes, the surest first, and opens them from their cells", () => {
    const worst = page.slice(page.indexOf("Misread, surest first"));
    const images = Array.from(worst.matchAll(/image (\d)</g), ([, index]) => index);
    expect(images.slice(0, 2)).toEqual(["5", "2"]);
    expect(page).toContain(
      'popovertarget="cell-2-1" aria-label="c read as &lt;b&gt;: 1 of 3 (33.33\u202f%); show images">1</button>',
    );
    const behind = page.slice(page.indexOf('id="cell-2-1"')).split("</ul>")[0];
    expect(behind.match(/image \d/g)).toEqual(["image 5"]);
  });

  it("names shapes, and pictures each filter of the first layer", () => {
    expect(page).toContain("weight 5\u202f×\u202f5\u202f×\u202f1\u202f×\u202f2, bias 2");
    expect(page.match(/alt="Weights of filter \d"/g)).toHaveLength(2);
  });

  it("leaves out what is absent", async () => {
    const bare = await renderReport({ title: "bare", evaluation, split: "test" });
    openTags(bare);
    expect(bare).not.toMatch(/<h2[^>]*>(Learning|Images|Network)</);
    expect(bare).not.toContain("undefined");
    const right = Array.from(set.labels, (label) => [0, 1, 2].map((k) => (k === label ? 3 : 0)));
    const answers = { set, logits: Float32Array.from(right.flat()) };
    expect(await renderReport({ ...full, answers })).toContain("No image was misread.");
  });

  it("shows answers among the characters alone where all images show one", async () => {
    // Each image is surest to be no character at all.
    const known = { ...set, classes: [...set.classes, NOT_A_CHARACTER] };
    const sure = Float32Array.from({ length: 24 }, (_, i) =>
      i % 4 === 3 ? 9 : logits[3 * Math.floor(i / 4) + (i % 4)],
    );
    const answers = { set: known, logits: sure };
    const page = await renderReport({ ...full, answers });
    expect(page).toBe(await renderReport(full));
    expect(reportData({ ...full, answers })).toEqual(reportData(full));
  });

  it("calls the rows of a table rows", async () => {
    const rows = evaluate(logits, { ...set, samples: "rows" });
    const { answers: _, network: __, ...rest } = full;
    const page = await renderReport({ ...rest, evaluation: rows });
    expect(page).toContain("of 6 rows</dd>");
    expect(page.slice(page.indexOf("</style>"))).not.toMatch(/\bimages\b/i);
  });
});
