export type Cell = string | number | null;

/**
 * Rows as CSV (RFC 4180, but lines end in LF): texts with commas, quotes or line breaks are quoted,
 * `null` is an empty cell.
 */
export function csv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(",")}\n`).join("");
}

function cellText(cell: Cell): string {
  const text = cell === null ? "" : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
