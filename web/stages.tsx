import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { type Stage, stageCaptions } from "../src/read/index.js";
import type { LiveReading } from "./reader/index.js";
import { explaining } from "./settings.js";

/** Every stage from picture to model, as pictures. Only asked for while it is open. */
export function Stages({ reading }: { reading: LiveReading }): JSX.Element {
  return (
    <details
      class="stages"
      onToggle={({ currentTarget }) => {
        explaining.value = currentTarget.open;
      }}
    >
      <summary>How it was read</summary>
      {explaining.value && <Gallery stages={stagesOf(reading)} />}
    </details>
  );
}

/** The stages of the picture and of the character that is looked at. */
function stagesOf(reading: LiveReading): readonly Stage[] {
  const result = reading.answered.value?.result;
  if (result?.type !== "result" || result.stages === undefined) return [];
  const { picture, characters } = result.stages;
  return [...picture, ...(characters[reading.index.value] ?? [])];
}

function Gallery({ stages }: { stages: readonly Stage[] }): JSX.Element {
  if (stages.length === 0) return <p class="invitation">Write something, or open a picture.</p>;
  return (
    <ol>
      {stages.map((stage) => (
        <li key={stage.name}>
          <figure>
            <Plane stage={stage} />
            <figcaption>
              {stageCaptions[stage.name]}{" "}
              <small>
                {stage.width} × {stage.height}
              </small>
            </figcaption>
          </figure>
        </li>
      ))}
    </ol>
  );
}

function Plane({ stage }: { stage: Stage }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const { width, height, pixels } = stage;
    Object.assign(context.canvas, { width, height });
    const image = new ImageData(width, height);
    pixels.forEach((value, i) => {
      image.data.fill(value, 4 * i, 4 * i + 3);
      image.data[4 * i + 3] = 255;
    });
    context.putImageData(image, 0, 0);
  }, [stage]);
  return <canvas ref={canvas} role="img" aria-label={stage.name} />;
}
