import type { CheckpointInterval } from "../train/index.js";
import { usageError } from "./command-error.js";

/** Losing a minute hurts nobody, and a save a minute costs next to nothing. */
export const DEFAULT_CHECKPOINTS: CheckpointInterval = { seconds: 60 };

const SECONDS = { s: 1, m: 60, h: 3600 } as const;

/** Parses `500`, a number of steps, or `30s`, `2m`, `1h`. */
export function checkpointInterval(option: string): (text: string) => CheckpointInterval {
  return (text) => {
    const [, digits, unit] = /^(\d{1,9}(?:\.\d+)?)([smh]?)$/.exec(text) ?? [];
    const amount = Number(digits);
    if (unit === "" && Number.isInteger(amount) && amount >= 1) return { steps: amount };
    if (unit && amount > 0) return { seconds: amount * SECONDS[unit as keyof typeof SECONDS] };
    throw usageError(
      `${option}: must be a number of steps, as 500, or a time, as 30s, 2m or 1h, got "${text}"`,
    );
  };
}
