import type { InkPoint, Stroke, Strokes } from "./stroke.js";

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/**
 * Paints ink in the context's fill and stroke colour.
 *
 * Each piece of a stroke runs from the middle between two points to the middle between the next
 * two, bent towards the point they share: a quadratic B-spline, smooth wherever the points lie.
 *
 * @param side - of the sheet, in the context's units
 */
export function paintInk(context: Context, strokes: Strokes, side: number): void {
  context.save();
  context.scale(side, side);
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const stroke of strokes) paintStroke(context, stroke);
  context.restore();
}

function paintStroke(context: Context, stroke: Stroke): void {
  let from = stroke[0];
  stroke.forEach((bend, i) => {
    const next = stroke[i + 1];
    const to = next === undefined ? bend : middle(bend, next);
    context.lineWidth = bend.width;
    context.beginPath();
    context.moveTo(from?.x ?? bend.x, from?.y ?? bend.y);
    context.quadraticCurveTo(bend.x, bend.y, to.x, to.y);
    context.stroke();
    from = to;
  });
}

function middle(a: InkPoint, b: InkPoint): InkPoint {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, width: (a.width + b.width) / 2 };
}
