import type { SearchPoint } from "./search-space.js";

/** One training with settings to be judged. */
export interface Trial {
  /** From 0, in the order they were proposed. */
  readonly number: number;
  readonly values: SearchPoint;
  /**
   * `pruned`: given up as hopeless after some epochs. `failed`: it came to no figure, as a training that
   * diverges or settings that make no network.
   */
  readonly state: "complete" | "pruned" | "failed";
  /** What is to be small, after each epoch. */
  readonly curve: readonly number[];
  readonly seconds: number;
  /** Why it failed. */
  readonly reason?: string;
}

/** What a trial came to: its last figure. */
export function figureOf({ curve }: Trial): number {
  return curve.at(-1) ?? Number.POSITIVE_INFINITY;
}

/** The trials from the best to the worst: those that went on to the end, those that came far, those that failed. */
export function ranked(trials: readonly Trial[]): Trial[] {
  const places = { complete: 0, pruned: 1, failed: 2 };
  return trials.toSorted((a, b) => {
    if (a.state !== b.state) return places[a.state] - places[b.state];
    if (a.state === "pruned" && a.curve.length !== b.curve.length) {
      return b.curve.length - a.curve.length;
    }
    return figureOf(a) === figureOf(b) ? a.number - b.number : figureOf(a) - figureOf(b);
  });
}

/** The best of those that went on to the end, if any did. */
export function bestOf(trials: readonly Trial[]): Trial | undefined {
  const [best] = ranked(trials);
  return best?.state === "complete" ? best : undefined;
}
