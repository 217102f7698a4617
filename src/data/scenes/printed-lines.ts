import type { Random } from "../../base/index.js";
import type { PageStroke } from "./page.js";
import type { PrintStyle } from "./scene-style.js";

/** How far lines reach, in page units: beyond any picture. */
const FAR = 4;

/** The lines printed on a page. A box may lack a side or two, and the next boxes of its row may show. */
export function printedLines(print: PrintStyle, random: Random): PageStroke[] {
  switch (print.type) {
    case "none":
      return [];
    case "rules":
      return parallels(print.step, random).map((y) => [-FAR, y, FAR, y]);
    case "squares":
      return [
        ...parallels(print.step, random).map((y) => [-FAR, y, FAR, y]),
        ...parallels(print.step, random).map((x) => [x, -FAR, x, FAR]),
      ];
    case "box":
      return box(print.step, random);
  }
}

/** Places `step` apart from one end of the page to the other. */
function parallels(step: number, random: Random): number[] {
  const first = -FAR + step * random.uniform();
  return Array.from({ length: Math.floor((2 * FAR) / step) }, (_, i) => first + i * step);
}

function box(side: number, random: Random): PageStroke[] {
  const slack = Math.max(0, side - 1) / 2;
  const x = random.between(-slack, slack);
  const y = random.between(-slack, slack);
  const [left, top, right, bottom] = [x - side / 2, y - side / 2, x + side / 2, y + side / 2];
  const sides = [
    [left, top, right, top],
    [right, top, right, bottom],
    [right, bottom, left, bottom],
    [left, bottom, left, top],
  ];
  if (random.integer(4) === 0) sides.splice(random.integer(4), 1);
  if (random.integer(3) > 0) return sides;
  return [...sides, [left - FAR, top, left, top], [left - FAR, bottom, left, bottom]];
}
