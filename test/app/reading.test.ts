import { describe, expect, it } from "vitest";
import { useApp } from "./app-harness.js";
import { chromiumPath, orWhySkipped } from "./chromium.js";
import { digitStrokes } from "./digit-strokes.js";
import {
  drag,
  eventually,
  expectNumeral,
  expectSaid,
  inkOn,
  level,
  onSheet,
  seenOf,
} from "./page-helpers.js";

describe.skipIf(chromiumPath === undefined)(`reading in Chromium${orWhySkipped}`, () => {
  const app = useApp();

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])("knows a %i drawn with the mouse", async (digit) => {
    const page = await app.openReady();
    for (const way of digitStrokes[digit]) await drag(page, way);
    await expectSaid(page, new RegExp(`^Read as ${digit}, \\d+\\.\\d % sure$`));
    await expectNumeral(page, String(digit));
    expect(await level(page, digit)).toBeGreaterThan(0.5);
  });

  it("happens while the pen is still down", async () => {
    const page = await app.openReady();
    await drag(page, digitStrokes[7][0], { lift: false });
    await expectNumeral(page, "7");
  });

  it("finds nothing on a blank sheet", async () => {
    const page = await app.openReady();
    await page.getByText("Nothing written yet").waitFor();
    await expectNumeral(page, "–");
    for (let digit = 0; digit < 10; digit++) expect(await level(page, digit)).toBe(0);
  });

  it("shows the picture the model sees, and none of a blank sheet", async () => {
    const page = await app.openReady();
    expect(await inkOn(seenOf(page))).toBe(0);
    await drag(page, digitStrokes[0][0]);
    await eventually(() => inkOn(seenOf(page))).toBeGreaterThan(0.05);
    expect(await inkOn(seenOf(page))).toBeLessThan(0.4);
  });

  it("knows a digit drawn with a pen that reports its pressure", async () => {
    const page = await app.openReady();
    const cdp = await page.context().newCDPSession(page);
    const pen = { pointerType: "pen", button: "left", force: 0.6 } as const;
    for (const way of digitStrokes[4]) {
      const [start, ...rest] = await onSheet(page, way);
      await cdp.send("Input.dispatchMouseEvent", { type: "mousePressed", ...start, ...pen });
      for (const place of rest) {
        const move = { type: "mouseMoved", buttons: 1, ...place, ...pen } as const;
        await cdp.send("Input.dispatchMouseEvent", move);
      }
      const end = rest[rest.length - 1];
      await cdp.send("Input.dispatchMouseEvent", { type: "mouseReleased", ...end, ...pen });
    }
    await expectSaid(page, /^Read as 4/);
  });

  it("needs no reports of places between, which browsers keep from untrusted addresses", async () => {
    const page = await app.openReady({}, (context) =>
      context.addInitScript("delete PointerEvent.prototype.getCoalescedEvents"),
    );
    await drag(page, digitStrokes[3][0]);
    await expectSaid(page, /^Read as 3/);
  });

  it("runs on the engine's WebAssembly, in a page isolated from others", async () => {
    const page = await app.openReady();
    expect(await page.locator("footer").textContent()).toMatch(/wasm/i);
    expect(await page.evaluate("crossOriginIsolated")).toBe(true);
  });

  it("is slower, but right, in a browser without vector instructions", async () => {
    const page = await app.openReady({}, async (context) => {
      await context.route("**/reading-worker*.js", async (route) => {
        const response = await route.fetch();
        const body = `WebAssembly.validate = () => false;${await response.text()}`;
        await route.fulfill({ response, body });
      });
    });
    expect(await page.locator("footer").textContent()).toContain("reference");
    await drag(page, digitStrokes[7][0]);
    await expectSaid(page, /^Read as 7/);
  });

  it("goes on without a network", async () => {
    const page = await app.openReady();
    await page.context().setOffline(true);
    await drag(page, digitStrokes[3][0]);
    await expectSaid(page, /^Read as 3/);
  });
});
