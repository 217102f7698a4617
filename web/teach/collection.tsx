import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { byLabel, type Example } from "./example.js";
import type { Teaching } from "./teaching.js";

/** The characters collected so far; a click takes one out again. */
export function Collection({ teaching }: { teaching: Teaching }): JSX.Element | null {
  const groups = [...byLabel(teaching.examples.value)];
  if (groups.length === 0) return null;
  return (
    <dl class="collection">
      {groups.map(([label, examples]) => (
        <div key={label}>
          <dt>
            {label} <small>{examples.length}</small>
          </dt>
          <dd>
            {examples.map((example, i) => (
              <button
                key={i}
                type="button"
                title="Take out"
                aria-label={`Take out ${label}, number ${i + 1}`}
                onClick={() => teaching.remove(example)}
              >
                <Thumbnail example={example} />
              </button>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Ink in the colour of the text around it. */
function Thumbnail({ example: { pixels } }: { example: Example }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const side = Math.round(Math.sqrt(pixels.length));
    Object.assign(context.canvas, { width: side, height: side });
    const image = new ImageData(side, side);
    pixels.forEach((ink, i) => {
      image.data[4 * i + 3] = ink;
    });
    context.putImageData(image, 0, 0);
  }, [pixels]);
  return <canvas ref={canvas} />;
}
