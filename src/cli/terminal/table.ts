import { visibleLength } from "./format.js";

/** Which side of its column a cell leans to: one letter a column, `l` or `r`. */
type Alignment = string;

/**
 * Rows as aligned columns, two spaces between; no trailing blanks.
 *
 * @param alignment - one letter a column, `l` or `r`: `"lrr"`
 */
export function formatTable(rows: readonly (readonly string[])[], alignment: Alignment): string {
  const widths = [...alignment].map((_, column) =>
    Math.max(0, ...rows.map((row) => visibleLength(row[column] ?? ""))),
  );
  const lines = rows.map((row) =>
    widths
      .map((width, column) => {
        const cell = row[column] ?? "";
        const blanks = " ".repeat(width - visibleLength(cell));
        return alignment[column] === "r" ? blanks + cell : cell + blanks;
      })
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}
