import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { drawWithPointer } from "./draw-with-pointer.js";
import { type Ink, paintInk } from "./ink/index.js";
import { pen } from "./pens.js";
import { useInkCanvas } from "./use-ink-canvas.js";

/** What one writes on. */
export function Sheet({ ink }: { ink: Ink }): JSX.Element {
  const canvas = useInkCanvas(ink.strokes, paintInk);
  useEffect(() => {
    if (canvas.current === null) return undefined;
    return drawWithPointer(canvas.current, ink, () => pen.value.nib);
  }, [ink]);
  return (
    <div class="sheet">
      {!ink.inked.value && <p class="invitation">Write here</p>}
      <canvas
        ref={canvas}
        role="img"
        aria-label="The sheet, to write on with mouse, finger or pen"
      />
    </div>
  );
}
