import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Boxes } from "./boxes.js";
import type { LiveReading } from "./reader/index.js";

/** Pictures narrower than this are shown with their pixels, not blurred. */
const SMALL = 100;

/** A picture that was opened, with a box around every character found. */
export function OpenPicture({
  file,
  reading,
}: {
  file: File;
  reading: LiveReading;
}): JSX.Element | null {
  const { request, result } = reading.answered.value ?? {};
  const isThis = request?.subject.type === "picture" && request.subject.file === file;
  if (!isThis || result === undefined) return <p class="invitation">Opening the picture …</p>;
  if (result.type === "unreadable") {
    return (
      <p class="unreadable" role="alert">
        {result.reason}
      </p>
    );
  }
  const { width, height, shown } = result;
  if (shown === undefined) return null;
  return (
    <div class="mount">
      <div
        class={width < SMALL ? "picture small" : "picture"}
        style={{ "--ratio": width / height }}
      >
        <Picture name={file.name} shown={shown} />
        <Boxes reading={reading} />
      </div>
    </div>
  );
}

function Picture({ name, shown }: { name: string; shown: ImageBitmap }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    context.canvas.width = shown.width;
    context.canvas.height = shown.height;
    context.drawImage(shown, 0, 0);
  }, [shown]);
  return <canvas ref={canvas} role="img" aria-label={`The picture ${name}`} />;
}
