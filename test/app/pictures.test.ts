import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { useApp } from "./app-harness.js";
import { violations } from "./axe.js";
import { chromiumPath, orWhySkipped } from "./chromium.js";
import { digitStrokes } from "./digit-strokes.js";
import { button, drag, eventually, expectNumeral, expectSaid, openFile } from "./page-helpers.js";
import { severalDigits } from "./pictures-to-read.js";

const one = async () => ({
  name: "two.png",
  bytes: await (await severalDigits(["2"])).png().toBuffer(),
});
const several = async () => ({
  name: "several.jpg",
  bytes: await (await severalDigits(["47", "2"])).jpeg({ quality: 90 }).toBuffer(),
});

const boxes = (page: Page) => page.locator(".box");

describe.skipIf(chromiumPath === undefined)(`pictures in Chromium${orWhySkipped}`, () => {
  const app = useApp();

  it("are shown with a box around what was found, and put away again", async () => {
    const page = await app.openReady();
    await drag(page, digitStrokes[7][0]);
    await expectNumeral(page, "7");
    await openFile(page, await one());
    await expectSaid(page, /^Read as 2, /);
    await page.getByRole("img", { name: "The picture two.png" }).waitFor();
    expect(await boxes(page).allTextContents()).toEqual([expect.stringMatching(/^2 \d+\.\d %$/)]);
    const box = await boxes(page).boundingBox();
    const picture = await page.locator(".picture").boundingBox();
    expect(box?.x).toBeGreaterThan(picture?.x ?? 0);
    expect(box?.height).toBeLessThan(picture?.height ?? 0);
    await page.keyboard.press("Escape");
    await expectSaid(page, /^Read as 7/);
    expect(await boxes(page).count()).toBe(0);
  });

  it("can be dropped anywhere and pasted", async () => {
    const page = await app.openReady();
    const { bytes } = await one();
    for (const kind of ["drop", "paste"]) {
      await page.evaluate(
        ([type, content]) => {
          const data = new DataTransfer();
          const file = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
          data.items.add(new File([file], "two.png", { type: "image/png" }));
          const event =
            type === "drop"
              ? new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true })
              : new ClipboardEvent(type, { clipboardData: data, bubbles: true });
          document.body.dispatchEvent(event);
        },
        [kind, Buffer.from(bytes).toString("base64")],
      );
      await expectSaid(page, /^Read as 2, /);
      await page.keyboard.press("Escape");
      await expectSaid(page, "Nothing written yet");
    }
  });

  it("of several characters are told in rows, and any can be looked at with the keyboard", async () => {
    const page = await app.openReady();
    await openFile(page, await several());
    await expectSaid(page, /^3 characters: (perhaps )?4, (perhaps )?7; (perhaps )?2$/);
    expect(await page.locator(".characters .row").count()).toBe(2);
    const seven = page.getByRole("group", { name: "3 characters" }).getByRole("button").nth(1);
    await seven.focus();
    await page.keyboard.press("Enter");
    await expectNumeral(page, "7");
    expect(await seven.getAttribute("aria-pressed")).toBe("true");
    await boxes(page).nth(2).click();
    await expectNumeral(page, "2");
    expect(await violations(page)).toEqual([]);
  });

  it("show every stage on their way to the model, only when asked to", async () => {
    const page = await app.openReady({
      colorScheme: "dark",
      viewport: { width: 390, height: 844 },
    });
    await openFile(page, await one());
    await expectSaid(page, /^Read as 2, /);
    const stages = page.locator(".stages canvas");
    expect(await stages.count()).toBe(0);
    await page.getByText("How it was read").click();
    await eventually(() => stages.count()).toBeGreaterThan(3);
    const names = await stages.evaluateAll((all) => all.map((stage) => stage.ariaLabel));
    expect([names[0], names.at(-1)]).toEqual(["luminance", "model input"]);
    const paper = await stages.first().evaluate((canvas) => {
      const context = (canvas as HTMLCanvasElement).getContext("2d");
      return [...(context?.getImageData(0, 0, 1, 1).data ?? [])];
    });
    expect(paper).toEqual([255, 255, 255, 255]);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
  });

  it("that cannot be read say why, and writing goes on", async () => {
    const page = await app.openReady();
    await openFile(page, { name: "notes.png", bytes: new TextEncoder().encode("notes") });
    const alert = page.getByRole("alert");
    await alert.getByText("notes.png: must be a PNG, JPEG or WebP picture").waitFor();
    expect(await violations(page)).toEqual([]);
    await button(page, "Clear").click();
    await drag(page, digitStrokes[3][0]);
    await expectSaid(page, /^Read as 3/);
  });

  it("are read by the model and with the care that were chosen", async () => {
    const page = await app.openReady();
    await page.getByLabel("Wrong at most").selectOption({ label: "0.1 %" });
    await drag(page, digitStrokes[1][0]);
    await eventually(() => page.locator(".numeral").textContent()).toMatch(/^1$/);
    await page.getByRole("combobox", { name: /^Model/ }).selectOption("letters");
    await eventually(() => page.locator(".numeral").textContent()).toMatch(/^[A-Za-z]$/);
    expect(await page.getByLabel("Wrong at most").inputValue()).toBe("");
    expect(await page.getByRole("button", { name: /^Write a/ }).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
  });
});
