import {
  type Accuracy,
  type BeforeAndAfter,
  type FittedReading,
  pText,
} from "../evaluate/index.js";
import type { ReadingOptions } from "../nn/index.js";
import type { HeldOut } from "../train/index.js";
import { count, percent } from "./terminal/format.js";
import { formatTable } from "./terminal/table.js";

/** Accuracy before and after, a row a set; of sets where images were lost, how likely that is by chance. */
export function beforeAndAfterText(rows: readonly BeforeAndAfter[]): string {
  const cell = ({ accuracy, interval: [low, high] }: Accuracy) =>
    `${percent(accuracy)} (${percent(low, 1)} – ${percent(high, 1)})`;
  const table = [
    ["", "images", "before", "after"],
    ...rows.map(({ name, n, before, after }) => [name, count(n), cell(before), cell(after)]),
  ];
  const changes = rows.map(
    ({ name, gained, lost, p }) =>
      `${name}: ${count(gained)} more read right, ${count(lost)} no longer (p ${p < 0.0001 ? "" : "= "}${pText(p)})\n`,
  );
  return `${formatTable(table, "lrll")}\n${changes.join("")}`;
}

/** How the examples were held out, and what follows for how sure readings must be. */
export function surenessText(
  { how }: HeldOut,
  fitted: FittedReading,
  before: ReadingOptions,
): string {
  const held =
    how === "split"
      ? "of the examples a part was read by a model that learned from the others"
      : "each part of the examples was read by a model that learned from the others";
  if (fitted.how === "kept") {
    return `${held}\nwarning: too few examples to find anew how sure it may be; that is kept as it was\n`;
  }
  const { temperature, threshold } = fitted.reading;
  const same = temperature === before.temperature && threshold === before.threshold;
  const told = same
    ? "as it was"
    : `temperature ${before.temperature.toFixed(3)} → ${temperature.toFixed(3)}, answers from confidence ${percent(before.threshold)} → ${percent(threshold)}`;
  return `${held}\nhow sure it may be, by these: ${told}\n`;
}
