import { download } from "./download.js";
import { paintSheet, type Strokes } from "./ink/index.js";

/** Saves a drawing as the picture that is read. */
export async function saveDrawing(strokes: Strokes): Promise<void> {
  download(await paintSheet(strokes).canvas.convertToBlob({ type: "image/png" }), "drawing.png");
}
