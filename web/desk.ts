import { computed, signal } from "@preact/signals";
import { Ink } from "./ink/index.js";
import type { Subject } from "./reader/index.js";

/** What one writes on; a picture may lie over it. */
export class Desk {
  readonly ink = new Ink();
  readonly picture = signal<File | undefined>(undefined);
  /** What is there to be read. */
  readonly subject = computed<Subject>(() =>
    this.picture.value === undefined
      ? { type: "ink", strokes: this.ink.strokes.value }
      : { type: "picture", file: this.picture.value },
  );
  readonly canUndo = computed(() => this.picture.value === undefined && this.ink.canUndo.value);
  readonly canRedo = computed(() => this.picture.value === undefined && this.ink.canRedo.value);
  readonly canClear = computed(() => this.picture.value !== undefined || this.ink.inked.value);
  readonly canSave = computed(() => this.picture.value === undefined && this.ink.inked.value);

  undo(): void {
    if (this.canUndo.value) this.ink.undo();
  }

  redo(): void {
    if (this.canRedo.value) this.ink.redo();
  }

  /** Puts the picture away, or else clears the sheet. */
  clear(): void {
    if (this.picture.value !== undefined) this.picture.value = undefined;
    else this.ink.clear();
  }
}
