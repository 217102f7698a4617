import type { Page } from "playwright-core";
import type { Random } from "../../src/base/index.js";
import type { Way } from "./digit-strokes.js";
import { drag } from "./page-helpers.js";

/** A character that no model knows, and digits as nobody writes them: a hand that was made up. */
export const strangeHand: Readonly<Record<string, readonly Way[]>> = {
  "☂": [
    [
      [0.2, 0.5],
      [0.3, 0.3],
      [0.5, 0.22],
      [0.7, 0.3],
      [0.8, 0.5],
      [0.2, 0.5],
    ],
    [
      [0.5, 0.5],
      [0.5, 0.8],
      [0.4, 0.82],
    ],
  ],
  "2": [
    [
      [0.3, 0.25],
      [0.7, 0.25],
      [0.7, 0.5],
      [0.3, 0.5],
      [0.3, 0.75],
      [0.7, 0.75],
    ],
  ],
};

/** Draws a character of that hand, every time a little differently. */
export async function drawStrange(page: Page, label: string, random: Random): Promise<void> {
  // The whole sheet is in reach of the mouse only where the page begins.
  await page.evaluate("scrollTo(0, 0)");
  const [dx, dy] = [random.between(-0.06, 0.06), random.between(-0.06, 0.06)];
  const [sx, sy] = [random.between(0.85, 1.15), random.between(0.85, 1.1)];
  for (const way of strangeHand[label]) {
    await drag(
      page,
      way.map(([x, y]) => [
        0.5 + sx * (x - 0.5) + dx + random.between(-0.015, 0.015),
        0.5 + sy * (y - 0.5) + dy + random.between(-0.015, 0.015),
      ]),
    );
  }
}
