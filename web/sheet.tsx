import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { Boxes } from "./boxes.js";
import type { Desk } from "./desk.js";
import { drawWithPointer } from "./draw-with-pointer.js";
import { type Ink, paintInk } from "./ink/index.js";
import { OpenPicture } from "./open-picture.js";
import { pen } from "./pens.js";
import type { LiveReading } from "./reader/index.js";
import { useInkCanvas } from "./use-ink-canvas.js";

/** What one writes on, and the picture that lies over it. */
export function Sheet({ desk, reading }: { desk: Desk; reading: LiveReading }): JSX.Element {
  const picture = desk.picture.value;
  const several = reading.characters.value.length > 1;
  const isOfInk = reading.answered.value?.request.subject.type === "ink";
  return (
    <div class="sheet">
      {picture === undefined ? (
        <>
          <Paper ink={desk.ink} />
          {several && isOfInk && <Boxes reading={reading} />}
        </>
      ) : (
        <OpenPicture file={picture} reading={reading} />
      )}
    </div>
  );
}

function Paper({ ink }: { ink: Ink }): JSX.Element {
  const canvas = useInkCanvas(ink.strokes, paintInk);
  useEffect(() => {
    if (canvas.current === null) return undefined;
    return drawWithPointer(canvas.current, ink, () => pen.value.nib);
  }, [ink]);
  return (
    <>
      {!ink.inked.value && <p class="invitation">Write here</p>}
      <canvas
        ref={canvas}
        class="paper"
        role="img"
        aria-label="The sheet, to write on with mouse, finger or pen"
      />
    </>
  );
}
