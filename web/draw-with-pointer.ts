import { type Ink, type InkPoint, nibWidth } from "./ink/index.js";

/**
 * Turns the way of mouse, finger or pen over an element into ink. One pointer writes at a time.
 *
 * @param nib - width of the pen in hand, in sides of the element
 * @returns what ends it
 */
export function drawWithPointer(element: HTMLElement, ink: Ink, nib: () => number): () => void {
  /** The pointer that writes, and where it was last. */
  let writing: { readonly pointerId: number; last: InkPoint } | undefined;

  const pointAt = (event: PointerEvent, last?: InkPoint): InkPoint => {
    const { left, top, width: side } = element.getBoundingClientRect();
    const place = { x: (event.clientX - left) / side, y: (event.clientY - top) / side };
    const pressure = event.pointerType === "pen" ? event.pressure : undefined;
    return { ...place, width: last ? nibWidth(last, place, nib(), pressure) : nib() };
  };

  const down = (event: PointerEvent): void => {
    if (writing !== undefined || event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    writing = { pointerId: event.pointerId, last: pointAt(event) };
    ink.begin(writing.last);
  };

  const move = (event: PointerEvent): void => {
    if (writing?.pointerId !== event.pointerId) return;
    // Browsers report a pointer once a frame; the places it passed between come along, but only
    // at trusted addresses and in newer browsers.
    const passed = event.getCoalescedEvents?.() ?? [];
    const points: InkPoint[] = [];
    for (const place of passed.length > 0 ? passed : [event]) {
      writing.last = pointAt(place, writing.last);
      points.push(writing.last);
    }
    ink.extend(points);
  };

  const up = (event: PointerEvent): void => {
    if (writing?.pointerId === event.pointerId) writing = undefined;
  };

  const listening = new AbortController();
  const { signal } = listening;
  element.addEventListener("pointerdown", down, { signal });
  element.addEventListener("pointermove", move, { signal });
  element.addEventListener("pointerup", up, { signal });
  element.addEventListener("pointercancel", up, { signal });
  return () => listening.abort();
}
