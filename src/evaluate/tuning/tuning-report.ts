/** What a search for settings came to, as its page shows it. */
export interface TuningReport {
  readonly title: string;
  /** What is to be small. */
  readonly goal: string;
  /** Settings by name; of a range its ends, of a choice its values. */
  readonly space: Readonly<Record<string, TuningDimension>>;
  /** From the best to the worst. */
  readonly trials: readonly TuningTrial[];
  /** How much of the order of the trials each setting explains, from 0 to 1. */
  readonly importance: Readonly<Record<string, number>>;
}

export type TuningDimension =
  | {
      readonly type: "real" | "integer";
      readonly low: number;
      readonly high: number;
      readonly log?: boolean;
    }
  | { readonly type: "choice"; readonly values: readonly unknown[] };

export interface TuningTrial {
  /** From 0. */
  readonly number: number;
  readonly values: Readonly<Record<string, unknown>>;
  readonly state: "complete" | "pruned" | "failed";
  /** After each epoch; the last figure is what the trial came to. */
  readonly curve: readonly number[];
  /** Why it failed. */
  readonly reason?: string;
}

export function lastFigure({ curve }: TuningTrial): number {
  return curve.at(-1) ?? Number.POSITIVE_INFINITY;
}

/** A value as people write it. */
export function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
