import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../src/base/index.js";
import { main } from "../../src/cli/index.js";
import { testIo } from "../cli/test-io.js";
import { useApp } from "./app-harness.js";
import { violations } from "./axe.js";
import { chromiumPath, orWhySkipped } from "./chromium.js";
import { drawStrange } from "./draw-hand.js";
import { button, eventually, expectNumeral } from "./page-helpers.js";

/** Learning takes seconds of computing, minutes where many compute at once. */
const PATIENCE_MS = 300_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkling-teach-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe.skipIf(chromiumPath === undefined)(`teaching it a hand${orWhySkipped}`, () => {
  const app = useApp();

  it("adds a character it did not know, which the downloaded model reads on the command line, and is forgotten again", {
    timeout: PATIENCE_MS,
  }, async () => {
    const page = await app.openReady({ colorScheme: "dark" });
    const random = new Random(3);
    await page.getByText("Teach it your hand").click();
    await page.getByText("Two different characters are needed").waitFor();
    for (const label of ["☂", "2", "☂", "2", "☂", "2", "☂", "2"]) {
      await take(page, label, random);
    }
    expect(await page.locator(".collection dt").allTextContents()).toEqual(["☂ 4", "2 4"]);
    await button(page, "Take out ☂, number 4").click();
    expect(await page.locator(".collection dt").allTextContents()).toEqual(["☂ 3", "2 4"]);
    await take(page, "☂", random);
    expect(await violations(page)).toEqual([]);

    await button(page, "Learn").click();
    await page.getByText(/^Learned in/).waitFor({ timeout: PATIENCE_MS });
    expect(await page.getByText(/^Learned in/).textContent()).toMatch(
      /what it did not know: ☂\. It reads with “digits, taught” now\.$/,
    );
    const figures = await page.locator(".lesson tbody tr").allTextContents();
    expect(figures).toEqual([
      expect.stringMatching(/^your characters, held out 8/),
      expect.stringMatching(/^drawings of what it knew 2000(100|>?9\d)/),
    ]);
    expect(await violations(page)).toEqual([]);

    await drawStrange(page, "☂", random);
    await expectNumeral(page, "☂");
    const model = await downloaded(page, "Download it");
    expect(model.name).toBe("digits-taught.inkling");
    const drawing = await downloaded(page, "Save");
    const io = testIo({ cwd: folder });
    const argv = ["read", "--json", "--model", model.name, drawing.name];
    expect(await main(argv, io)).toBe(0);
    expect(io.records).toMatchObject([{ label: "☂" }]);

    await button(page, "Forget").click();
    await eventually(() => page.locator(".numeral").textContent()).not.toBe("☂");
    expect(await page.getByRole("combobox", { name: /^Model/ }).inputValue()).toBe("digits");
    expect(await page.locator(".collection dt").count()).toBe(2);
  });

  it("can be stopped, and says what it cannot learn from", async () => {
    const page = await app.openReady();
    await page.getByText("Teach it your hand").click();
    await button(page, "Learn").focus();
    await page.keyboard.press("Enter");
    expect(await page.getByRole("progressbar").count()).toBe(0);
    expect(await button(page, "Learn").getAttribute("aria-disabled")).toBe("true");
    const random = new Random(4);
    for (const label of ["☂", "2", "☂"]) await take(page, label, random);
    await page.getByText("One more of 2 is needed.").waitFor();
    await take(page, "2", random);
    await button(page, "Learn").click();
    await page.getByRole("progressbar", { name: "Learning" }).waitFor();
    await button(page, "Stop").click();
    expect(await page.getByRole("progressbar").count()).toBe(0);
    expect(await page.getByRole("combobox", { name: /^Model/ }).inputValue()).toBe("digits");
  });

  async function downloaded(page: Page, name: string): Promise<{ readonly name: string }> {
    const [file] = await Promise.all([page.waitForEvent("download"), button(page, name).click()]);
    await file.saveAs(join(folder, file.suggestedFilename()));
    return { name: file.suggestedFilename() };
  }
});

/** Draws a character of the strange hand and has it taken as what it is. */
async function take(page: Page, label: string, random: Random): Promise<void> {
  const before = await page.locator(".collection button").count();
  await drawStrange(page, label, random);
  await page.getByText("Enter takes it, too.").waitFor();
  await page.getByLabel("This is a").fill(label);
  await page.getByLabel("This is a").press("Enter");
  await page.locator(".collection button").nth(before).waitFor();
}
