import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { InkPoint, Stroke, Strokes } from "./stroke.js";

interface History {
  readonly past: readonly Strokes[];
  readonly present: Strokes;
  readonly future: readonly Strokes[];
}

const BLANK: History = { past: [], present: [], future: [] };

/** The ink on the sheet, with everything that was there before and can be brought back. */
export class Ink {
  readonly #history = signal(BLANK);
  readonly strokes: ReadonlySignal<Strokes> = computed(() => this.#history.value.present);
  readonly inked = computed(() => this.strokes.value.length > 0);
  readonly canUndo = computed(() => this.#history.value.past.length > 0);
  readonly canRedo = computed(() => this.#history.value.future.length > 0);

  /** Sets the pen down: a new stroke, which can be undone. */
  begin(point: InkPoint): void {
    this.replace([...this.strokes.value, [point]]);
  }

  /** Draws the pen on from where it was last. */
  extend(points: Stroke): void {
    const strokes = this.strokes.value;
    const last = strokes.at(-1) ?? [];
    this.amend([...strokes.slice(0, -1), [...last, ...points]]);
  }

  /** Puts other ink on the sheet; can be undone. */
  replace(strokes: Strokes): void {
    const { past, present } = this.#history.value;
    this.#history.value = { past: [...past, present], present: strokes, future: [] };
  }

  /** Changes the ink as part of what was done last. */
  amend(strokes: Strokes): void {
    this.#history.value = { ...this.#history.value, present: strokes };
  }

  clear(): void {
    if (this.inked.value) this.replace([]);
  }

  undo(): void {
    const { past, present, future } = this.#history.value;
    const before = past.at(-1);
    if (before === undefined) return;
    this.#history.value = {
      past: past.slice(0, -1),
      present: before,
      future: [present, ...future],
    };
  }

  redo(): void {
    const { past, present, future } = this.#history.value;
    const [after, ...later] = future;
    if (after === undefined) return;
    this.#history.value = { past: [...past, present], present: after, future: later };
  }
}
