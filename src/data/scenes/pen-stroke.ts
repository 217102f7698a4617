import type { Plane } from "../plane.js";

/** A straight piece of a pen's path with the pen's radius at both ends, in pixels. */
export interface PenPiece {
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
  readonly startRadius: number;
  readonly endRadius: number;
}

/**
 * Draws a piece with a round pen: a pixel at distance d from it is covered by
 * `clamp((radius - d) / softness + ½, 0, 1)`, or keeps what it has if that is more.
 *
 * @param field - coverage from 0 to 1; pixel (column, row) has its centre at (column + ½, row + ½)
 * @param softness - pixels from bare to covered
 */
export function drawPenPiece(field: Plane, piece: PenPiece, softness: number): void {
  const { ax, ay, bx, by, startRadius, endRadius } = piece;
  const reach = Math.max(startRadius, endRadius) + softness / 2;
  const left = Math.max(0, Math.ceil(Math.min(ax, bx) - reach - 0.5));
  const right = Math.min(field.width - 1, Math.floor(Math.max(ax, bx) + reach - 0.5));
  const top = Math.max(0, Math.ceil(Math.min(ay, by) - reach - 0.5));
  const bottom = Math.min(field.height - 1, Math.floor(Math.max(ay, by) + reach - 0.5));
  const dx = bx - ax;
  const dy = by - ay;
  const lengthSquared = dx * dx + dy * dy;
  const inverse = lengthSquared > 0 ? 1 / lengthSquared : 0;
  for (let row = top; row <= bottom; row++) {
    const py = row + 0.5 - ay;
    for (let column = left; column <= right; column++) {
      const px = column + 0.5 - ax;
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) * inverse));
      const ex = px - along * dx;
      const ey = py - along * dy;
      const radius = startRadius + along * (endRadius - startRadius);
      const covered = (radius - Math.sqrt(ex * ex + ey * ey)) / softness + 0.5;
      const at = row * field.width + column;
      if (covered > field.data[at]) field.data[at] = Math.min(1, covered);
    }
  }
}
