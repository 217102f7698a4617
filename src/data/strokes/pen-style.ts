import type { Random } from "../../base/index.js";

/** How a character is written anew: one hand, one pen. */
export interface PenStyle {
  /** Of the pen's tip, in pixels. */
  readonly radius: number;
  /** Share by which the radius changes at most, with the pressure. */
  readonly pressure: number;
  /** Share by which a stroke is thinner along the nib than across it; 0 for a round tip. */
  readonly nib: number;
  /** Of the thinnest line, in pixels; below 0 a hairline, which covers less than half of a pixel. */
  readonly leastRadius: number;
  /** Direction of the nib, of length 1. */
  readonly nibX: number;
  readonly nibY: number;
  /** Sideways per height. */
  readonly slant: number;
  /** Tangent of the angle by which the character is turned. */
  readonly turn: number;
  /** Width, as a multiple of what was written. */
  readonly stretch: number;
  /** Chance that ink is missing from a piece of the path. */
  readonly gaps: number;
}

/** Any of the pens people have: ballpoint to felt tip, every third with a broad nib, some of these with hairlines, every tenth failing. */
export function choosePen(random: Random): PenStyle {
  const x = random.between(-1, 1);
  const y = random.between(0.1, 1);
  const length = Math.sqrt(x * x + y * y);
  // Thin pens are more common than thick ones.
  const thickness = random.uniform();
  const nib = random.integer(3) === 0 ? random.between(0.2, 0.85) : 0;
  return {
    radius: 0.6 + 1.3 * thickness * thickness + 0.3 * random.uniform(),
    pressure: random.between(0, 0.4),
    nib,
    leastRadius: nib > 0.6 ? random.between(-0.3, 0.45) : 0.45,
    nibX: x / length,
    nibY: y / length,
    slant: random.between(-0.2, 0.25),
    turn: random.between(-0.12, 0.12),
    stretch: random.between(0.82, 1.2),
    gaps: random.integer(10) === 0 ? random.between(0.02, 0.08) : 0,
  };
}
