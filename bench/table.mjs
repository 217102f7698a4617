// The results as lines for people: one block a task, one row a system.

/** The lines of one task. `rows` are `{ system, result?, share?, note?, absent? }`. */
export function taskText({ task, unit }, rows) {
  const cells = rows.map(({ system, result, share, note, absent }) =>
    absent === undefined
      ? [
          system,
          figure(result.median),
          `${figure(result.min)} – ${figure(result.max)}`,
          share === undefined ? "" : `${Math.round(100 * share)} % of peak`,
          note ?? "",
        ]
      : [system, "absent", "", "", absent],
  );
  return `${task}, ${unit}\n${aligned(cells, "lrrrl")}\n`;
}

/** Rows as columns, two spaces between, each leaning left (`l`) or right (`r`). */
export function aligned(rows, sides) {
  const widths = [...sides].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const pad = (cell, i) => (sides[i] === "r" ? cell.padStart(widths[i]) : cell.padEnd(widths[i]));
  return rows.map((row) => `  ${row.map(pad).join("  ").trimEnd()}`).join("\n");
}

/** Three digits that count, thousands apart. */
export function figure(value) {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toLocaleString("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
