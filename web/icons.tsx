import type { JSX } from "preact";

/** Line drawings of 24 × 24 in the colour of the text around them; their meaning is told beside them. */
function icon(path: string): () => JSX.Element {
  return () => (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

export const UndoIcon = icon("M8 5 4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3");
export const RedoIcon = icon("m16 5 4 4-4 4M20 9H10a6 6 0 0 0 0 12h3");
export const ClearIcon = icon("M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14M10 11v6M14 11v6");
export const SaveIcon = icon("M12 4v11M7 10l5 5 5-5M4 20h16");
export const PictureIcon = icon("M4 5h16v14H4zM4 16l5-5 4 4 2-2 5 4M15.5 9.5h.01");
export const MoonIcon = icon("M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z");
export const SunIcon = icon(
  "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5",
);

/** The mark of the house: a drop of ink. */
export function Drop(): JSX.Element {
  return (
    <svg class="drop" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M16 2c5 7 9 11.5 9 17a9 9 0 0 1-18 0c0-5.5 4-10 9-17z" />
    </svg>
  );
}
