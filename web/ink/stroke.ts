/** Where the pen was, and how broad its trace there; all in sides of the square sheet, 0 to 1. */
export interface InkPoint {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** What the pen left between touching the sheet and leaving it. */
export type Stroke = readonly InkPoint[];

/** All that is on the sheet, in the order written. */
export type Strokes = readonly Stroke[];
