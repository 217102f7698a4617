import { describe, expect, it } from "vitest";
import { evaluate } from "../evaluate.js";
import { type Report, renderReport } from "./report.js";

const evaluation = evaluate(Float32Array.of(3, 0, 0, 3, 2, 0), {
  labels: Int32Array.of(0, 1, 1),
  classes: ["a", "<b>"],
});

const full: Report = {
  title: 'mlp & "friends" <on> mnist',
  subtitle: "seed 1",
  evaluation,
  split: "test",
  train: { n: 100, loss: 0.01, accuracy: 1 },
  history: [
    { epoch: 1, loss: 0.5, accuracy: 0.8, validation: { loss: 0.4, accuracy: 0.85 } },
    { epoch: 2, loss: 0.02, accuracy: 0.99, validation: { loss: 0.03, accuracy: 0.98 } },
  ],
  mistakes: [
    { index: 2, actual: "<b>", predicted: "a", confidence: 0.88, png: Uint8Array.of(1, 2, 255) },
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

describe("renderReport", () => {
  const page = renderReport(full);

  it("is one well-formed page that needs nothing else", () => {
    const tags = openTags(page);
    expect(tags.filter((tag) => tag === "svg")).toHaveLength(2);
    expect(tags).not.toContain("script");
    expect(tags).not.toContain("link");
    expect(page).not.toMatch(/https?:|url\(|@import/);
    for (const [, source] of page.matchAll(/(?:src|href)="([^"]*)"/g)) {
      expect(source).toMatch(/^data:image\/png;base64,/);
    }
  });

  it("calls nothing 100 % that is not, and draws no axis beyond", () => {
    const accuracyTicks = (accuracies: readonly number[]): string[] => {
      const history = accuracies.map((accuracy, i) => ({ epoch: i + 1, loss: 0.1, accuracy }));
      const drawn = renderReport({ ...full, history });
      const ticks = drawn.matchAll(/<text class="tick"[^>]*>([^<]*\u202f%)</g);
      return Array.from(ticks, ([, text]) => text);
    };
    expect(accuracyTicks([0.8, 0.99])).toEqual(["80", "85", "90", "95", "100"].map(inPercent));
    expect(accuracyTicks([1, 1])).toEqual(["99.9", "99.95", "100"].map(inPercent));
    const almost = { ...evaluation, n: 200_000, accuracy: 199_999 / 200_000 };
    expect(renderReport({ ...full, evaluation: almost })).toContain("<dd>&gt;99.99\u202f%</dd>");
  });

  it("shows what is given as text, never as markup", () => {
    expect(page).toContain("<h1>mlp &amp; &quot;friends&quot; &lt;on&gt; mnist</h1>");
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page).toContain('<th scope="row">&lt;b&gt;</th>');
  });

  it("leads with the accuracy, its interval and the loss", () => {
    expect(page).toContain("<dt>Accuracy on test</dt><dd>66.67\u202f%</dd>");
    expect(page).toContain("95 % interval 20.77\u202f% to 93.85\u202f%");
    expect(page).toContain('<dd>1</dd><dd class="quiet">of 3 images</dd>');
  });

  it("describes the curves to those who do not see them", () => {
    expect(page).toContain(
      '<desc id="loss-desc">From epoch 1 to 2: training 0.5000 to 0.0200, validation 0.4000 to 0.0300.</desc>',
    );
  });

  it("carries the misread images within it", () => {
    expect(page).toContain('src="data:image/png;base64,AQL/" alt="Image 2: a &lt;b&gt; read as a"');
  });

  it("leaves out what is absent", () => {
    const bare = renderReport({ title: "bare", evaluation, split: "test" });
    openTags(bare);
    expect(bare).not.toContain("<h2>Learning</h2>");
    expect(bare).not.toContain("undefined");
    expect(renderReport({ ...full, mistakes: [] })).toContain("No image was misread.");
  });
});
