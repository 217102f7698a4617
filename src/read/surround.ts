import type { Box, Plane } from "../data/index.js";
import { otsu } from "./otsu.js";
import { shrink } from "./shrink.js";

/** Longer side at which a surround is looked for. */
const SCALE = 128;
/** Levels by which a page stands out from what it lies on. */
const LEAST_CONTRAST = 60;
/** Share of its bounding box that a page fills; no handwritten character comes near. */
const PAGE_FILL = 0.94;
/** Shares of the picture that a page covers, at least. */
const LEAST_PAGE = 0.15;
/** Levels by which ink stands out on the page. */
const LEAST_INK = 24;
/** Most of a page that is ink. */
const MOST_INK = 0.4;
/** Cut off along the edges of the page, in pixels of the small picture: they are blurred. */
const FRINGE = 1.5;

/**
 * The page, where it lies on a table or in a frame of another brightness: the box inside of a
 * surround that meets all four sides of the picture. `undefined` if there is none.
 *
 * The surround is what is connected to the border and on its side of Otsu's threshold. What is left
 * must be a rectangle with ink on it: a solid bar, a 1 as some write it, is one without.
 */
export function pageWithin(plane: Plane): Box | undefined {
  const small = shrink(plane, SCALE);
  const { width, height, data } = small;
  const histogram = histogramOf(data);
  const { threshold, contrast } = otsu(histogram);
  if (contrast < LEAST_CONTRAST || Math.min(width, height) < 16) return undefined;
  const isLight = data[0] > threshold;
  const outside = floodFromBorder(small, (level) => level > threshold === isLight);
  if (outside === undefined) return undefined;
  const box = boxOfRest(outside, width, height);
  if (box === undefined) return undefined;
  const area = (box.right - box.left) * (box.bottom - box.top);
  let filled = 0;
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) filled += 1 - outside[y * width + x];
  }
  if (filled < PAGE_FILL * area || area < LEAST_PAGE * width * height) return undefined;
  const page = scaled(box, plane, small);
  return page !== undefined && hasInk(plane, page) ? page : undefined;
}

function histogramOf(levels: Iterable<number>): Float64Array {
  const histogram = new Float64Array(256);
  for (const level of levels) histogram[Math.min(255, Math.max(0, Math.round(level)))] += 1;
  return histogram;
}

/** Marks what hangs together with the border; `undefined` where part of the border does not. */
function floodFromBorder(
  { width, height, data }: Plane,
  isSurround: (level: number) => boolean,
): Uint8Array | undefined {
  const outside = new Uint8Array(width * height);
  const queue: number[] = [];
  const visit = (at: number): void => {
    if (outside[at] === 1 || !isSurround(data[at])) return;
    outside[at] = 1;
    queue.push(at);
  };
  for (let x = 0; x < width; x++) {
    visit(x);
    visit((height - 1) * width + x);
  }
  for (let y = 0; y < height; y++) {
    visit(y * width);
    visit((y + 1) * width - 1);
  }
  if (queue.length < 2 * (width + height) - 4) return undefined;
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const x = next % width;
    if (x > 0) visit(next - 1);
    if (x + 1 < width) visit(next + 1);
    if (next >= width) visit(next - width);
    if (next + width < data.length) visit(next + width);
  }
  return outside;
}

function boxOfRest(outside: Uint8Array, width: number, height: number): Box | undefined {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (outside[y * width + x] === 1) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
    }
  }
  return right > left ? { left, top, right, bottom } : undefined;
}

/** The box in pixels of the plane, without the fringe. */
function scaled(box: Box, plane: Plane, small: Plane): Box | undefined {
  const across = plane.width / small.width;
  const down = plane.height / small.height;
  const page = {
    left: Math.ceil((box.left + FRINGE) * across),
    top: Math.ceil((box.top + FRINGE) * down),
    right: Math.floor((box.right - FRINGE) * across),
    bottom: Math.floor((box.bottom - FRINGE) * down),
  };
  return page.right - page.left > 4 && page.bottom - page.top > 4 ? page : undefined;
}

function hasInk(plane: Plane, page: Box): boolean {
  const histogram = histogramOf(crop(plane, page).data);
  const { threshold, contrast } = otsu(histogram);
  const total = histogram.reduce((sum, value) => sum + value, 0);
  const lower = histogram.subarray(0, threshold + 1).reduce((sum, value) => sum + value, 0);
  return contrast >= LEAST_INK && Math.min(lower, total - lower) < MOST_INK * total;
}

/** The part of a plane that a box holds. */
export function crop({ width, data }: Plane, { left, top, right, bottom }: Box): Plane {
  const part = new Float32Array((right - left) * (bottom - top));
  for (let y = top; y < bottom; y++) {
    part.set(data.subarray(y * width + left, y * width + right), (y - top) * (right - left));
  }
  return { width: right - left, height: bottom - top, data: part };
}
