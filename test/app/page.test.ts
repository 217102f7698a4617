import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { useApp } from "./app-harness.js";
import { violations } from "./axe.js";
import { chromiumPath, orWhySkipped } from "./chromium.js";
import { digitStrokes } from "./digit-strokes.js";
import {
  button,
  drag,
  eventually,
  expectNumeral,
  expectSaid,
  inkOn,
  onSheet,
  sheetOf,
} from "./page-helpers.js";

const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 3,
  isMobile: true,
  hasTouch: true,
};

describe.skipIf(chromiumPath === undefined)(`the page in Chromium${orWhySkipped}`, () => {
  const app = useApp();

  describe("writing", () => {
    it("can be taken back, brought back and cleared with the buttons", async () => {
      const page = await app.openReady();
      await drag(page, digitStrokes[1][0]);
      await expectSaid(page, /^Read as 1/);
      await button(page, "Undo").click();
      await expectSaid(page, "Nothing written yet");
      expect(await inkOn(sheetOf(page))).toBe(0);
      await button(page, "Redo").click();
      await expectSaid(page, /^Read as 1/);
      await button(page, "Clear").click();
      await expectSaid(page, "Nothing written yet");
      await button(page, "Undo").click();
      await expectSaid(page, /^Read as 1/);
    });

    it("can be taken back, brought back and cleared with keys", async () => {
      const page = await app.openReady();
      await drag(page, digitStrokes[7][0]);
      await expectNumeral(page, "7");
      await page.keyboard.press("Control+z");
      await expectNumeral(page, "–");
      await page.keyboard.press("Control+Shift+Z");
      await expectNumeral(page, "7");
      await page.keyboard.press("Escape");
      await expectNumeral(page, "–");
      await page.keyboard.press("Control+z");
      await expectNumeral(page, "7");
    });

    it("with a broader pen leaves more ink", async () => {
      const page = await app.openReady();
      const inks: number[] = [];
      for (const pen of ["Fine", "Medium", "Broad"]) {
        await page.keyboard.press("Escape");
        await page.getByRole("radio", { name: pen }).check({ force: true });
        await drag(page, digitStrokes[1][0]);
        await expectSaid(page, /^Read as 1/);
        inks.push(await inkOn(sheetOf(page)));
      }
      const [fine, medium, broad] = inks;
      expect(medium).toBeGreaterThan(1.4 * fine);
      expect(broad).toBeGreaterThan(1.3 * medium);
    });

    it("of samples is read right, and the newest is what is shown", async () => {
      const page = await app.openReady({ reducedMotion: "reduce" });
      for (let digit = 0; digit < 10; digit++) {
        await button(page, `Write a ${digit}`).click();
        await expectNumeral(page, String(digit));
      }
      for (const digit of [1, 2, 3, 4]) await button(page, `Write a ${digit}`).click();
      await expectSaid(page, /^Read as 4/);
    });

    it("of samples can be watched, and is taken back as a whole", async () => {
      const page = await app.openReady();
      await button(page, "Write a 8").click();
      await expectSaid(page, /^Read as 8/);
      await button(page, "Undo").click();
      await expectSaid(page, "Nothing written yet");
    });

    it("needs no pointer: every control is reached and used from the keyboard", async () => {
      const page = await app.openReady();
      const reached: string[] = [];
      while (reached.at(-1) !== "Teach it your hand" && reached.length < 30) {
        await page.keyboard.press("Tab");
        reached.push(await focusedName(page));
      }
      const samples = Array.from({ length: 10 }, (_, digit) => `Write a ${digit}`);
      expect(reached).toEqual([
        ...["Dark paper", "Undo", "Redo", "Clear", "Save", "Medium", "Open a picture"],
        ...samples,
        ...["Model", "Wrong at most", "How it was read", "Teach it your hand"],
      ]);
      while ((await focusedName(page)) !== "Write a 5") await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("Enter");
      await expectSaid(page, /^Read as 5/);
    });
  });

  describe("on a phone", () => {
    it("fits, and does not scroll under a drawing finger", async () => {
      const page = await app.openReady(PHONE);
      const cdp = await page.context().newCDPSession(page);
      for (const way of digitStrokes[2]) {
        const [start, ...rest] = await onSheet(page, way);
        const touch = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: object[]) =>
          cdp.send("Input.dispatchTouchEvent", { type, touchPoints: touchPoints as never });
        await touch("touchStart", [start]);
        for (const place of rest) await touch("touchMove", [place]);
        await touch("touchEnd", []);
      }
      await expectSaid(page, /^Read as 2/);
      expect(await page.evaluate("scrollY")).toBe(0);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
    });

    it("as narrow as 320 pixels never scrolls sideways", async () => {
      const page = await app.openReady({ ...PHONE, viewport: { width: 320, height: 568 } });
      await button(page, "Write a 4").click();
      await expectSaid(page, /^Read as 4/);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
    });
  });

  describe("by day and by night", () => {
    const paper = (page: Page) => page.evaluate("getComputedStyle(document.body).backgroundColor");
    const [light, dark] = ["rgb(241, 235, 221)", "rgb(20, 22, 27)"];

    it("follows the system", async () => {
      const page = await app.openReady({ colorScheme: "light" });
      expect(await paper(page)).toBe(light);
      await page.emulateMedia({ colorScheme: "dark" });
      await eventually(() => paper(page)).toBe(dark);
    });

    it("remembers another choice", async () => {
      const page = await app.openReady({ colorScheme: "light" });
      await button(page, "Dark paper").click();
      expect(await paper(page)).toBe(dark);
      await page.reload();
      await button(page, "Light paper").waitFor();
      expect(await paper(page)).toBe(dark);
    });
  });

  describe("accessibility", () => {
    it.each([
      ["in light", { colorScheme: "light" }],
      ["in dark", { colorScheme: "dark" }],
      ["on a phone", PHONE],
    ] as const)("rules are kept %s, blank and written", async (_, options) => {
      const page = await app.openReady(options);
      expect(await violations(page)).toEqual([]);
      await button(page, "Write a 6").click();
      await expectSaid(page, /^Read as 6/);
      expect(await violations(page)).toEqual([]);
    });
  });

  describe("when the model cannot be had", () => {
    it("says so kindly, and one can still write", async () => {
      app.allowComplaint(/status of 500/);
      const page = await app.open({}, (context) =>
        context.route("**/*.inkling", (route) => route.fulfill({ status: 500 })),
      );
      const alert = page.getByRole("alert");
      await alert.getByText("The reader cannot work here.").waitFor();
      expect(await alert.textContent()).toContain("the model could not be fetched (HTTP 500)");
      await drag(page, digitStrokes[7][0]);
      await eventually(() => inkOn(sheetOf(page))).toBeGreaterThan(0.02);
      expect(await violations(page)).toEqual([]);
    });
  });
});

/** The accessible name of what has the focus. */
function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement as HTMLElement;
    const label = focused.closest("label");
    const text = (label?.querySelector("span:not(:empty)") ?? label ?? focused).textContent ?? "";
    return focused.getAttribute("aria-label") ?? text;
  });
}
