import { usageError } from "./command-error.js";

/** Parses `0.1%` or `0.001`: above 0 and below 1. */
export function errorRate(option: string): (text: string) => number {
  return (text) => {
    const isPercent = text.trim().endsWith("%");
    const number = Number(text.trim().replace(/%$/, "") || Number.NaN);
    const share = isPercent ? number / 100 : number;
    if (share > 0 && share < 1) return share;
    throw usageError(`${option}: must be a share of answers, as 0.1% or 0.001, got "${text}"`);
  };
}
