import type { Box } from "../data/index.js";

/**
 * Rows from top to bottom, in each from left to right.
 *
 * Taken by their height, the next belongs to the row at hand if its middle lies within the
 * row's first or the middle of that within it: a 6 and a 9 stand higher and lower, but in one row.
 */
export function inReadingOrder<T extends { readonly box: Box }>(items: readonly T[]): T[][] {
  const rows: T[][] = [];
  for (const item of items.toSorted((a, b) => middle(a.box) - middle(b.box))) {
    const row = rows.at(-1);
    if (row !== undefined && isBeside(row[0].box, item.box)) row.push(item);
    else rows.push([item]);
  }
  return rows.map((row) => row.sort((a, b) => a.box.left - b.box.left));
}

function isBeside(a: Box, b: Box): boolean {
  return (middle(b) > a.top && middle(b) < a.bottom) || (middle(a) > b.top && middle(a) < b.bottom);
}

function middle({ top, bottom }: Box): number {
  return (top + bottom) / 2;
}
