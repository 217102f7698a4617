import type { Scene } from "../data/index.js";

/** Side of a scene on the sheet, the height of its label, and the gap between two, in pixels. */
const CELL = 150;
const LABEL = 18;
const GAP = 4;
const COLUMNS = 10;

/** A scene and the file it is kept in. */
export interface EncodedScene {
  readonly scene: Scene;
  readonly bytes: Uint8Array;
}

/** Scenes side by side on one PNG, each with its kind, its label and its size. */
export async function sceneSheet(pictures: readonly EncodedScene[]): Promise<Uint8Array> {
  const { default: sharp } = await import("sharp");
  const columns = Math.min(COLUMNS, pictures.length);
  const parts = await Promise.all(
    pictures.map(async ({ scene, bytes }, index) => {
      const left = GAP + (index % columns) * (CELL + GAP);
      const top = GAP + Math.floor(index / columns) * (CELL + LABEL + GAP);
      const small = sharp(bytes).resize(CELL, CELL, { fit: "contain", background: "#555" });
      return [
        { input: Buffer.from(labelOf(scene)), left, top },
        { input: await small.png().toBuffer(), left, top: top + LABEL },
      ];
    }),
  );
  const rows = Math.ceil(pictures.length / columns);
  const sheet = sharp({
    create: {
      width: GAP + columns * (CELL + GAP),
      height: GAP + rows * (CELL + LABEL + GAP),
      channels: 3,
      background: "#222",
    },
  });
  return sheet.composite(parts.flat()).png().toBuffer();
}

function labelOf({ kind, label, width, height }: Scene): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${CELL}" height="${LABEL}"><text x="2" y="13" font-family="sans-serif" font-size="12" fill="white">${label} ${kind} ${width}×${height}</text></svg>`;
}
