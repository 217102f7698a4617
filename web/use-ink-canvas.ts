import { type ReadonlySignal, useSignal, useSignalEffect } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { theme } from "./theme.js";

/**
 * A square canvas that shows `subject` in the colour of its text, as sharp as the screen can.
 *
 * Painted anew, at most once a frame, when subject, size or theme change.
 *
 * @param paint - gets the side of the canvas in its own pixels
 */
export function useInkCanvas<T>(
  subject: ReadonlySignal<T>,
  paint: (context: CanvasRenderingContext2D, subject: T, side: number) => void,
): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  const side = useSignal(0);

  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      side.value = Math.round((entry?.contentRect.width ?? 0) * devicePixelRatio);
    });
    if (canvas.current !== null) observer.observe(canvas.current);
    return () => observer.disconnect();
  }, []);

  useSignalEffect(() => {
    const [shown, size] = [subject.value, side.value, theme.value];
    const frame = requestAnimationFrame(() => {
      const context = canvas.current?.getContext("2d");
      if (!context) return;
      // Giving a canvas its size clears it, too.
      context.canvas.width = context.canvas.height = size;
      const { color } = getComputedStyle(context.canvas);
      context.fillStyle = context.strokeStyle = color;
      paint(context, shown, size);
    });
    return () => cancelAnimationFrame(frame);
  });

  return canvas;
}
