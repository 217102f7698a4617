import { computed, type ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Reading } from "../src/read/index.js";
import { useInkCanvas } from "./use-ink-canvas.js";

/** The picture as the model gets it, its pixels as amounts of ink. */
export function Seen(props: {
  readonly reading: ReadonlySignal<Reading | undefined>;
  readonly name?: string;
}): JSX.Element {
  const { name = "The picture the model sees" } = props;
  const pixels = useMemo(() => computed(() => props.reading.value?.pixels), [props.reading]);
  const canvas = useInkCanvas(pixels, paintPixels);
  return <canvas ref={canvas} class="seen" role="img" aria-label={name} />;
}

/** @param pixels - `[n, n]`, 0 to 255 */
function paintPixels(
  context: CanvasRenderingContext2D,
  pixels: Uint8Array | undefined,
  side: number,
): void {
  if (pixels === undefined) return;
  const n = Math.round(Math.sqrt(pixels.length));
  const edge = (index: number): number => Math.round((index * side) / n);
  pixels.forEach((value, i) => {
    const [column, row] = [i % n, Math.floor(i / n)];
    const [x, y] = [edge(column), edge(row)];
    context.globalAlpha = value / 255;
    context.fillRect(x, y, edge(column + 1) - x, edge(row + 1) - y);
  });
}
