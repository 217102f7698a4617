import type { Plane } from "../data/index.js";
import type { Piece } from "./pieces.js";

/** Soft edges around the ink that is kept, as a share of the glyph's longer side. */
const FRINGE = 0.08;

/** The ink of some pieces and their soft edges alone. */
export function keepPieces(ink: Plane, pieces: readonly Piece[], length: number): Plane {
  const { width, height } = ink;
  const fringe = Math.max(2, Math.round(FRINGE * length));
  const data = new Float32Array(width * height);
  for (const { runs } of pieces) {
    for (const { y, left, right } of runs) {
      const from = Math.max(0, left - fringe);
      const to = Math.min(width, right + fringe);
      for (let row = Math.max(0, y - fringe); row < Math.min(height, y + fringe + 1); row++) {
        data.set(ink.data.subarray(row * width + from, row * width + to), row * width + from);
      }
    }
  }
  return { width, height, data };
}
