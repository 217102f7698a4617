import type { Desk } from "./desk.js";

/** Undo, redo and clear from the keyboard, wherever the focus is but in a field. */
export function listenForShortcuts(desk: Desk): void {
  addEventListener("keydown", (event) => {
    const act = isForField(event) ? undefined : actionOf(event, desk);
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
}

/** Whether the key is meant for a field to write in or choose from. */
function isForField({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest("select, input[type=text]") !== null;
}

function actionOf(event: KeyboardEvent, desk: Desk): (() => void) | undefined {
  const { altKey, shiftKey } = event;
  const command = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (altKey) return undefined;
  if (command && key === "z") return () => (shiftKey ? desk.redo() : desk.undo());
  if (command && key === "y") return () => desk.redo();
  if (!command && (key === "delete" || key === "escape")) return () => desk.clear();
  return undefined;
}
