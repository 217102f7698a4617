import { number, optional, variant } from "./schema.js";

/**
 * How the learning rate changes in the course of a run, from a peak it is given. Plain data.
 * Every span is a share of all steps, so that a schedule fits a run of any length.
 *
 * - `constant`: the peak
 * - `step`: times `factor` after each `every` of the run
 * - `cosine`: from the peak to `final` times the peak along half a cosine wave
 *   (Loshchilov and Hutter 2017, eq. 5)
 * - `oneCycle`: up from `startFactor` times the peak during `warmup`, then down to `finalFactor` times
 *   it, both along half a cosine wave (Smith and Topin 2019; the shape is PyTorch's)
 *
 * All but `oneCycle` may begin with a `warmup`: linear from 0 to the peak; the schedule then fills
 * the rest.
 */
export type ScheduleDescription =
  | { readonly type: "constant"; readonly warmup?: number }
  | {
      readonly type: "step";
      readonly every: number;
      readonly factor: number;
      readonly warmup?: number;
    }
  | { readonly type: "cosine"; readonly final?: number; readonly warmup?: number }
  | {
      readonly type: "oneCycle";
      /** Default 0.3. */
      readonly warmup?: number;
      /** Default 1 / 25. */
      readonly startFactor?: number;
      /** Default 1 / 250 000. */
      readonly finalFactor?: number;
    };

const warmup = optional(number(0, 1));

export const scheduleCheck = variant({
  constant: { warmup },
  step: { every: number(1e-6, 1), factor: number(0, 1), warmup },
  cosine: { final: optional(number(0, 1)), warmup },
  oneCycle: { warmup, startFactor: optional(number(0, 1)), finalFactor: optional(number(0, 1)) },
});

/**
 * Learning rate of one step; the same bits on every machine.
 *
 * @param at.step - from 0 to steps - 1; later ones get the rate the run ended with
 */
export function learningRateAt(
  schedule: ScheduleDescription,
  at: { readonly peak: number; readonly step: number; readonly steps: number },
): number {
  const { peak, step, steps } = at;
  if (schedule.type === "oneCycle") return peak * oneCycleFactor(schedule, step, steps);
  const rising = Math.round((schedule.warmup ?? 0) * steps);
  if (step < rising) return (peak * (step + 1)) / rising;
  const progress = Math.min(1, (step - rising) / Math.max(1, steps - rising));
  switch (schedule.type) {
    case "constant":
      return peak;
    case "step": {
      // A hair above, for steps that fall on the edge but for rounding.
      const falls = Math.floor(progress / schedule.every + 1e-9);
      let rate = peak;
      for (let i = 0; i < falls; i++) rate *= schedule.factor;
      return rate;
    }
    case "cosine":
      return peak * between(1, schedule.final ?? 0, progress);
  }
}

function oneCycleFactor(
  schedule: Extract<ScheduleDescription, { type: "oneCycle" }>,
  step: number,
  steps: number,
): number {
  const { warmup = 0.3, startFactor = 1 / 25, finalFactor = 1 / 250_000 } = schedule;
  const top = Math.max(0, warmup * steps - 1);
  const last = Math.max(1, steps - 1);
  if (step < top) return between(startFactor, 1, step / top);
  return between(1, finalFactor, Math.min(1, (step - top) / Math.max(1e-9, last - top)));
}

/** From `start` to `end` along half a cosine wave, as `progress` goes from 0 to 1. */
function between(start: number, end: number, progress: number): number {
  return end + ((start - end) * (1 + cosineOfTurn(progress))) / 2;
}

/**
 * cos(π·x) for x in [0, 1], from arithmetic alone: `Math.cos` may differ between machines.
 * 1 - 2·sin²(π·x / 2), the sine by its Taylor series, cut where it no longer adds.
 */
function cosineOfTurn(x: number): number {
  const angle = (Math.PI * x) / 2;
  let term = angle;
  let sine = angle;
  for (let k = 2; k <= 22; k += 2) {
    term *= (-angle * angle) / (k * (k + 1));
    sine += term;
  }
  return 1 - 2 * sine * sine;
}
