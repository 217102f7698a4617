import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../src/base/index.js";
import { synthetic } from "../../src/data/index.js";
import { wasmBackend } from "../../src/engine/index.js";
import {
  compareModels,
  corruptionSamples,
  evaluate,
  predict,
  renderComparison,
  renderReport,
  renderTuning,
  type TuningTrial,
} from "../../src/evaluate/index.js";
import { conv2d, dense, flatten, initialWeights, maxPool2d, model } from "../../src/nn/index.js";
import { violations } from "./axe.js";
import { chromiumPath, launchChromium, orWhySkipped } from "./chromium.js";

const set = synthetic({ count: 40, random: new Random(4) });
const simple = model({
  input: [28, 28, 1],
  layers: [flatten(), dense(10, { activation: "softmax" })],
});
const convolutional = model({
  input: [28, 28, 1],
  layers: [
    conv2d(4, 5, { activation: "relu" }),
    maxPool2d(4),
    flatten(),
    dense(10, { activation: "softmax" }),
  ],
});

let folder: string;
let browser: Browser;

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  folder = await mkdtemp(join(tmpdir(), "inkling-report-"));
  const backend = await wasmBackend({ threads: 1 });
  const loss = { type: "crossEntropy" } as const;
  const weights = initialWeights(convolutional, new Random(1));
  const logits = await predict(convolutional, weights, set, { backend });
  const evaluation = evaluate(logits, set, { model: convolutional, loss });
  const report = await renderReport({
    title: "a network on synthetic digits",
    subtitle: "not trained at all",
    evaluation,
    split: "test",
    answers: { set, logits },
    network: { model: convolutional, weights },
    train: { n: 1000, loss: 2.3, accuracy: 0.11 },
    history: [1, 2, 3].map((epoch) => ({
      epoch,
      loss: 2.4 / epoch,
      accuracy: 0.1 * epoch,
      validation: { loss: 2.5 / epoch, accuracy: 0.09 * epoch },
    })),
    configuration: [["Recipe", "a convolution and a dense layer, as they start"]],
  });
  await writeFile(join(folder, "report.html"), report);
  const random = new Random(1);
  const contenders = [simple, convolutional].map((network, i) => ({
    name: ["simple", "convolutional"][i]!,
    model: network,
    weights: initialWeights(network, new Random(i)),
    loss,
    bytes: 40_000,
    set,
    train: set,
  }));
  const comparison = await compareModels(contenders, { backend, random, robustness: true });
  const samples = corruptionSamples(set, { index: 0, random });
  const page = await renderComparison(comparison, { title: "two networks", set, samples });
  await writeFile(join(folder, "comparison.html"), page);
  await writeFile(join(folder, "tuning.html"), tuningPage());
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  if (folder !== undefined) await rm(folder, { recursive: true });
});

/** A search through eight settings, the last trial a failure. */
function tuningPage(): string {
  const names = Array.from({ length: 8 }, (_, i) => `training.optimizer.setting${i}`);
  const trials = Array.from({ length: 12 }, (_, number): TuningTrial => {
    const values = Object.fromEntries(names.map((name, i) => [name, (number + i) / 20]));
    return { number, values, state: "complete", curve: [2, 0.1 * (number + 1)] };
  });
  const failed = { ...trials[0]!, number: 12, state: "failed", curve: [], reason: "diverged" };
  return renderTuning({
    title: "Tuning of a network",
    goal: "loss",
    space: Object.fromEntries(names.map((name) => [name, { type: "real", low: 0, high: 1 }])),
    trials: [...trials, failed as TuningTrial],
    importance: Object.fromEntries(names.map((name, i) => [name, i / 8])),
  });
}

async function open(name: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(pathToFileURL(join(folder, name)).href);
  return page;
}

const phone = { viewport: { width: 390, height: 844 } };
const dark = { colorScheme: "dark" } as const;
const widthOf = (page: Page) => page.evaluate("document.documentElement.scrollWidth");

describe.skipIf(chromiumPath === undefined)(`pages of results in Chromium${orWhySkipped}`, () => {
  it.each(["report.html", "comparison.html", "tuning.html"])(
    "%s: keeps to what axe asks, by day on a desk and in the dark on a phone, and fits both",
    async (name) => {
      for (const options of [{}, { ...phone, ...dark }]) {
        const page = await open(name, options);
        expect(await violations(page)).toEqual([]);
        expect(await widthOf(page)).toBeLessThanOrEqual(page.viewportSize()!.width);
        await page.context().close();
      }
    },
  );

  it("keeps the letters of wide charts large enough to read on a phone", async () => {
    const page = await open("tuning.html", phone);
    const ticks = page.locator("svg .tick");
    const heights = await ticks.evaluateAll((all) =>
      all.map((tick) => tick.getBoundingClientRect().height),
    );
    expect(heights.length).toBeGreaterThan(10);
    expect(Math.min(...heights)).toBeGreaterThan(10);
    await page.context().close();
  });

  it("opens the images behind a cell with the keyboard, and closes them", async () => {
    const page = await open("report.html");
    const cell = page.locator("td.wrong button").first();
    await cell.focus();
    await page.keyboard.press("Enter");
    const images = page.locator(`[id="${await cell.getAttribute("popovertarget")}"]`);
    await images.waitFor({ state: "visible" });
    expect(await images.locator("li").count()).toBe(Number(await cell.textContent()));
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await images.waitFor({ state: "hidden" });
    await page.context().close();
  });

  it("opens them where scripts are switched off, too", async () => {
    const page = await open("report.html", { javaScriptEnabled: false });
    const cell = page.locator("td.wrong button").first();
    await cell.click();
    const images = page.locator(`[id="${await cell.getAttribute("popovertarget")}"]`);
    await images.waitFor({ state: "visible" });
    await images.getByRole("button", { name: "Close" }).click();
    await images.waitFor({ state: "hidden" });
    await page.context().close();
  });

  it("prints in the colours of day", async () => {
    const page = await open("report.html", dark);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const background = await page.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(background).toBe("rgb(255, 255, 255)");
    expect(await page.locator("nav").isVisible()).toBe(false);
    await page.context().close();
  });
});
