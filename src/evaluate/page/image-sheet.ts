import { encodePng, type ImageSet, imageAt } from "../../data/index.js";
import { base64 } from "./base64.js";
import { html, Markup } from "./html.js";

/** Images of one size as a single picture, which a page carries once and shows pieces of. */
export interface ImageSheet {
  /** PNG file, ink dark on white. */
  readonly png: Uint8Array;
  readonly columns: number;
  readonly rows: number;
  /** Size of one image, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Where an image of the set lies, counted row by row; absent for images not on the sheet. */
  readonly places: ReadonlyMap<number, number>;
}

/** Images side by side. */
const COLUMNS = 40;
/** Side to which images are drawn, in CSS pixels, about. */
const SHOWN_PX = 56;

/** Puts the images at `indices` on one sheet, each once. */
export async function imageSheet(set: ImageSet, indices: Iterable<number>): Promise<ImageSheet> {
  const places = new Map<number, number>();
  for (const index of indices) if (!places.has(index)) places.set(index, places.size);
  const { width, height, channels } = set;
  const columns = Math.min(COLUMNS, Math.max(1, places.size));
  const rows = Math.max(1, Math.ceil(places.size / columns));
  const rowBytes = columns * width * channels;
  const pixels = new Uint8Array(rows * height * rowBytes).fill(255);
  for (const [index, place] of places) {
    const image = imageAt(set, index);
    const start =
      Math.floor(place / columns) * height * rowBytes + (place % columns) * width * channels;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width * channels; x++) {
        pixels[start + y * rowBytes + x] = 255 - image[y * width * channels + x];
      }
    }
  }
  const png = await encodePng(pixels, { width: columns * width, height: rows * height });
  return { png, columns, rows, width, height, places };
}

/**
 * The style that makes the tiles of a page show pieces of the sheet. Tiles are whole multiples of the
 * images in size, so that every pixel is a square.
 */
export function sheetStyle({ png, columns, rows, width, height }: ImageSheet): Markup {
  const scale = Math.max(1, Math.round(SHOWN_PX / Math.max(width, height)));
  const [w, h] = [width * scale, height * scale];
  return new Markup(`<style>
.tile { width: ${w}px; height: ${h}px; background: #ffffff url(data:image/png;base64,${base64(png)}) calc(var(--x) * -${w}px) calc(var(--y) * -${h}px) / ${columns * w}px ${rows * h}px no-repeat; }
</style>`);
}

/** One image of the sheet; what it shows is said beside it. */
export function tile({ columns, places }: ImageSheet, index: number): Markup {
  const place = places.get(index);
  if (place === undefined) throw new RangeError(`tile: image ${index} must be on the sheet`);
  return html`<i class="tile" style="--x:${place % columns};--y:${Math.floor(place / columns)}"></i>`;
}
