import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Way } from "./digit-strokes.js";

/** Positions of a mouse between two points of a way, as a hand's would come in. */
const STEPS = 3;

export const button = (page: Page, name: string) => page.getByRole("button", { name });
export const sheetOf = (page: Page) => page.getByRole("img", { name: /^The sheet/ });
export const seenOf = (page: Page) => page.getByRole("img", { name: "The picture the model sees" });

/** A way over the sheet, in pixels of the page. */
export async function onSheet(page: Page, way: Way): Promise<{ x: number; y: number }[]> {
  const box = await sheetOf(page).boundingBox();
  if (box === null) throw new Error("the sheet is not shown");
  return way.map(([x, y]) => ({ x: box.x + x * box.width, y: box.y + y * box.height }));
}

/** Draws with the mouse. */
export async function drag(page: Page, way: Way, { lift = true } = {}): Promise<void> {
  const [start, ...rest] = await onSheet(page, way);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  for (const { x, y } of rest) await page.mouse.move(x, y, { steps: STEPS });
  if (lift) await page.mouse.up();
}

/** Opens a picture, as chosen among files. */
export function openFile(
  page: Page,
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
): Promise<void> {
  const mimeType = `image/${name.split(".").at(-1)?.replace("jpg", "jpeg")}`;
  const chosen = { name, mimeType, buffer: Buffer.from(bytes) };
  return page.getByLabel("Open a picture").setInputFiles(chosen);
}

/** `expect.poll` that leaves a busy machine its time. */
export const eventually = <T>(value: () => Promise<T>) => expect.poll(value, { timeout: 10_000 });

/** Waits for what a screen reader is told. */
export async function expectSaid(page: Page, sentence: string | RegExp): Promise<void> {
  await eventually(() => page.getByRole("status").textContent()).toMatch(sentence);
}

/** Waits for the big sign of what is read. */
export async function expectNumeral(page: Page, sign: string): Promise<void> {
  await eventually(() => page.locator(".numeral").textContent()).toBe(sign);
}

/** How full the well of a digit is, 0 to 1. */
export function level(page: Page, digit: number): Promise<number> {
  return page
    .locator(".wells .level")
    .nth(digit)
    .evaluate((element) => Number.parseFloat((element as HTMLElement).style.height) / 100);
}

/** Share of a canvas that has ink on it. */
export function inkOn(canvas: Locator): Promise<number> {
  return canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const copy = new OffscreenCanvas(width, height).getContext("2d");
    copy?.drawImage(element as HTMLCanvasElement, 0, 0);
    const rgba = copy?.getImageData(0, 0, width, height).data ?? [];
    return rgba.filter((value, i) => i % 4 === 3 && value > 127).length / (width * height);
  });
}
