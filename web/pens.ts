import { signal } from "@preact/signals";

/** A pen: the width of its trace at rest, in sides of the sheet. */
export interface Pen {
  readonly name: string;
  readonly nib: number;
}

const MEDIUM: Pen = { name: "Medium", nib: 0.055 };

export const PENS: readonly Pen[] = [
  { name: "Fine", nib: 0.032 },
  MEDIUM,
  { name: "Broad", nib: 0.085 },
];

/** The pen in hand. */
export const pen = signal(MEDIUM);
