import { paintInk } from "./paint-ink.js";
import type { Strokes } from "./stroke.js";

/** Side of the picture that ink is read from, in pixels: ten times the model's, so that little is lost. */
const SIDE = 280;

/** A drawing as it is read, and saved: dark on light. */
export function paintSheet(strokes: Strokes): {
  readonly canvas: OffscreenCanvas;
  readonly context: OffscreenCanvasRenderingContext2D;
} {
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("this browser gives no canvas to draw on");
  context.fillStyle = "white";
  context.fillRect(0, 0, SIDE, SIDE);
  context.fillStyle = "black";
  paintInk(context, strokes, SIDE);
  return { canvas, context };
}
