/** One pixel of a picture, with its place as a share of width and height. */
export interface Sample {
  readonly x: number;
  readonly y: number;
  readonly level: number;
  /** Its votes for being ground. */
  weight: number;
}

/** Coefficients of `1, x, y, x², xy, y²`. */
export type Surface = readonly number[];

const TERMS = 6;
const ROUNDS = 12;

export function surfaceAt(surface: Surface, x: number, y: number): number {
  const s = surface;
  return s[0] + x * (s[1] + x * s[3] + y * s[4]) + y * (s[2] + y * s[5]);
}

/**
 * The surface of second degree nearest to the samples, `min Σ w·|level - surface(x, y)|`.
 *
 * The sum of absolute distances, not of squares, so that ink, which is far from the ground but
 * covers less of it, does not pull the surface to itself. Found by repeated weighted least
 * squares (Schlossmacher 1973), each sample weighing 1 over its last distance.
 */
export function fitSurface(samples: readonly Sample[]): Surface {
  const terms = new Float64Array(TERMS + 1);
  let surface: Surface = [];
  for (let round = 0; round < ROUNDS; round++) {
    const rows = Array.from({ length: TERMS }, () => new Float64Array(TERMS + 1));
    for (const { x, y, level, weight } of samples) {
      const distance = round === 0 ? 1 : Math.max(1, Math.abs(level - surfaceAt(surface, x, y)));
      terms[0] = 1;
      terms[1] = x;
      terms[2] = y;
      terms[3] = x * x;
      terms[4] = x * y;
      terms[5] = y * y;
      terms[6] = level;
      for (let i = 0; i < TERMS; i++) {
        const scaled = (weight / distance) * terms[i];
        const row = rows[i];
        for (let j = 0; j <= TERMS; j++) row[j] += scaled * terms[j];
      }
    }
    // Pictures a pixel wide leave terms open; a trace of ridge settles them at 0.
    for (let i = 0; i < TERMS; i++) rows[i][i] += 1e-6 * rows[0][0];
    surface = solve(rows);
  }
  return surface;
}

/** Solves `A·x = b` for a positive definite A, given as rows `[A | b]`, by Gauss's elimination. */
function solve(rows: Float64Array[]): number[] {
  const n = rows.length;
  for (let i = 0; i < n; i++) {
    for (let k = i + 1; k < n; k++) {
      const factor = rows[k][i] / rows[i][i];
      for (let j = i; j <= n; j++) rows[k][j] -= factor * rows[i][j];
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    let rest = rows[i][n];
    for (let j = i + 1; j < n; j++) rest -= rows[i][j] * x[j];
    x[i] = rest / rows[i][i];
  }
  return x;
}
