import type { Ink } from "./ink.js";
import type { Strokes } from "./stroke.js";

const DURATION_MS = 600;

/**
 * Writes strokes on a fresh sheet, point after point as a pen would.
 *
 * Stops where it is when somebody else changes the ink meanwhile.
 */
export function writeOut(ink: Ink, strokes: Strokes): void {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    ink.replace(strokes);
    return;
  }
  const start = performance.now();
  const points = strokes.reduce((sum, stroke) => sum + stroke.length, 0);
  let written: Strokes = [];
  ink.replace(written);
  const writeOn = (now: number): void => {
    if (ink.strokes.value !== written) return;
    const share = Math.min(1, Math.max(0, now - start) / DURATION_MS);
    written = firstPoints(strokes, Math.round(share * points));
    ink.amend(written);
    if (share < 1) requestAnimationFrame(writeOn);
  };
  requestAnimationFrame(writeOn);
}

/** The first `count` points, in the strokes they belong to. */
function firstPoints(strokes: Strokes, count: number): Strokes {
  let left = count;
  return strokes.flatMap((stroke) => {
    const part = stroke.slice(0, Math.max(0, left));
    left -= stroke.length;
    return part.length > 0 ? [part] : [];
  });
}
