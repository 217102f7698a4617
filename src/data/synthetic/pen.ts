/**
 * Draws a straight piece of a line with a round pen, smoothed at the edge.
 *
 * A pixel at distance d from the piece gets `clamp((radius - d) / softness + ½, 0, 1) · 255`, or
 * keeps what it has if that is brighter, so pieces join without a seam.
 *
 * @param field - `[size, size]`; pixel (row, column) has its centre at (column + ½, row + ½)
 */
export function drawPiece(
  field: Uint8Array,
  size: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  radius: number,
  softness: number,
): void {
  const reach = radius + softness / 2;
  const left = Math.max(0, Math.ceil(Math.min(ax, bx) - reach - 0.5));
  const right = Math.min(size - 1, Math.floor(Math.max(ax, bx) + reach - 0.5));
  const top = Math.max(0, Math.ceil(Math.min(ay, by) - reach - 0.5));
  const bottom = Math.min(size - 1, Math.floor(Math.max(ay, by) + reach - 0.5));
  const dx = bx - ax;
  const dy = by - ay;
  const lengthSquared = dx * dx + dy * dy;
  const inverse = lengthSquared > 0 ? 1 / lengthSquared : 0;
  const slope = 255 / softness;
  for (let row = top; row <= bottom; row++) {
    const py = row + 0.5 - ay;
    for (let column = left; column <= right; column++) {
      const px = column + 0.5 - ax;
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) * inverse));
      const ex = px - along * dx;
      const ey = py - along * dy;
      const distanceSquared = ex * ex + ey * ey;
      if (distanceSquared >= reach * reach) continue;
      const value = Math.min(255, (reach - Math.sqrt(distanceSquared)) * slope + 0.5) | 0;
      const index = row * size + column;
      if (value > field[index]) field[index] = value;
    }
  }
}
