import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wasmBackend } from "../../src/engine/index.js";
import { digestOf, start, train, trainingPlan } from "../training-step.js";
import { chromiumPath, launchChromium, orWhySkipped } from "./chromium.js";
import { type ServedApp, serveApp } from "./served-app.js";
import type { Trained } from "./threads/page.js";

/** Left there by `threads/page.ts`. */
declare function trainOn(threads: number): Promise<Trained>;

type Headers = Readonly<Record<string, string>>;

describe.skipIf(chromiumPath === undefined)(`threads in Chromium${orWhySkipped}`, () => {
  let served: ServedApp;
  let browser: Browser;
  let expected: string;

  beforeAll(async () => {
    served = await serveApp(fileURLToPath(new URL("threads", import.meta.url)));
    browser = await launchChromium();
    const program = await (await wasmBackend({ strict: true })).load(trainingPlan());
    start(program);
    train(program, 3);
    expected = await digestOf(program);
  });

  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  /** Opens the page; `change` is done to the headers it and its workers are served with. */
  async function open(change?: (headers: Headers) => Headers): Promise<Page> {
    const context = await browser.newContext();
    if (change !== undefined) {
      await context.route("**", async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, headers: change(response.headers()) });
      });
    }
    const page = await context.newPage();
    await page.goto(served.address);
    return page;
  }

  const trained = (page: Page, threads: number): Promise<Trained> =>
    page.evaluate((count) => trainOn(count), threads);

  it.each([1, 2, 3])("%i of them train to the bits that Node gives", async (threads) => {
    const { description, weights } = await trained(await open(), threads);
    expect(description).toBe(`wasm, SIMD, ${threads === 1 ? "1 thread" : `${threads} threads`}`);
    expect(weights).toBe(expected);
  });

  it("are one where the page's policy allows no others, which is told", async () => {
    const page = await open((headers) => ({
      ...headers,
      "content-security-policy": headers["content-security-policy"].replace(" blob:", ""),
    }));
    const { description, weights } = await trained(page, 3);
    expect(description).toBe(
      "wasm, SIMD, 1 thread (no worker could be started: the browser refused it)",
    );
    expect(weights).toBe(expected);
  });

  it("are one where the page is not isolated from others, which is told", async () => {
    const page = await open(({ "cross-origin-opener-policy": _, ...headers }) => headers);
    const { description, weights } = await trained(page, 3);
    expect(description).toBe(
      "wasm, SIMD, 1 thread (memory cannot be shared; the page must be cross-origin isolated)",
    );
    expect(weights).toBe(expected);
  });
});
