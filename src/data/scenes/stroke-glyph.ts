/** A character as the path of a pen. */
export interface StrokeGlyph {
  readonly label: string;
  /** From pen-down to pen-up, `[x0, y0, x1, y1, …]`, y downwards, in any unit; one point is a dot. */
  readonly strokes: readonly (readonly number[])[];
}
