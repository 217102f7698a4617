import type { Ink } from "./ink/index.js";

/** Undo, redo and clear from the keyboard, wherever the focus is. */
export function listenForShortcuts(ink: Ink): void {
  addEventListener("keydown", (event) => {
    const act = actionOf(event, ink);
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
}

function actionOf(event: KeyboardEvent, ink: Ink): (() => void) | undefined {
  const { altKey, shiftKey } = event;
  const command = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (altKey) return undefined;
  if (command && key === "z") return () => (shiftKey ? ink.redo() : ink.undo());
  if (command && key === "y") return () => ink.redo();
  if (!command && (key === "delete" || key === "escape")) return () => ink.clear();
  return undefined;
}
