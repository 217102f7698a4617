import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { launchChromium } from "./chromium.js";
import { type ServedApp, serveApp } from "./served-app.js";

export interface AppHarness {
  /**
   * Opens the app in a fresh browser profile.
   *
   * @param prepare - done to the profile before the page loads
   */
  open(
    options?: BrowserContextOptions,
    prepare?: (context: BrowserContext) => Promise<unknown>,
  ): Promise<Page>;
  /** Opens it and waits until it has read the blank sheet. */
  openReady: AppHarness["open"];
  /** Lets the page say something to the console in this test. */
  allowComplaint(text: RegExp): void;
}

/**
 * Serves the app to Chromium for the tests of a suite.
 *
 * After each test it is checked that the page complained of nothing and asked nobody but its server.
 */
export function useApp(): AppHarness {
  let app: ServedApp;
  let browser: Browser;
  let complaints: string[] = [];
  let allowed: RegExp[] = [];
  let hosts = new Set<string>();

  beforeAll(async () => {
    app = await serveApp();
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    const unwanted = complaints.filter((text) => !allowed.some((pattern) => pattern.test(text)));
    const asked = [...hosts];
    complaints = [];
    allowed = [];
    hosts = new Set();
    expect(unwanted).toEqual([]);
    expect(asked).toEqual([new URL(app.address).host]);
  });

  const open: AppHarness["open"] = async (options = {}, prepare) => {
    const context = await browser.newContext(options);
    // Samples are seeded by the clock; in tests they are the same every time.
    await context.addInitScript("Date.now = () => 1");
    await prepare?.(context);
    context.on("request", (request) => hosts.add(new URL(request.url()).host));
    const page = await context.newPage();
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(app.address);
    return page;
  };

  return {
    open,
    openReady: async (options, prepare) => {
      const page = await open(options, prepare);
      await page.getByText(/^read in/).waitFor();
      return page;
    },
    allowComplaint: (text) => {
      allowed.push(text);
    },
  };
}
