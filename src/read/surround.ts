import type { Box, Plane } from "../data/index.js";
import { enlarge } from "./enlarge.js";
import { otsu } from "./otsu.js";
import { shrink } from "./shrink.js";

/** Longer side at which a surround is looked for. */
const SCALE = 128;
/** Levels by which a page stands out from what it lies on. */
const LEAST_CONTRAST = 28;
/** Share of the narrowest rectangle around it, turned or not, that a page fills; no handwritten character comes near. */
const PAGE_FILL = 0.91;
/** Directions in which that rectangle is looked for, over a right angle. */
const DIRECTIONS = 30;
/** Shares of the picture that a page covers, at least. */
const LEAST_PAGE = 0.15;
/** Levels by which ink differs from the mean of what lies on both sides, so many pixels away. */
const LEAST_INK = 16;
const BESIDE = 3;
/** Pixels that do, at least. */
const LEAST_PIXELS = 8;
/** Cut off along the edges of the page, in pixels of the small picture: they are blurred. */
const FRINGE = 2;
/** Share of what is surrounded that is as bright as the surround, from which it is a frame drawn on one page. */
const FRAME_INSIDE = 0.5;
/** Frames thinner than this, in pixels of the small picture, are printed lines. */
const THIN_FRAME = 2.5;
/** Most surrounds of one another: a table, and a frame printed on the page. */
const MOST = 3;

/** The part of a picture that is written on. */
export interface Page {
  readonly plane: Plane;
  /** Where its first pixel lies in the picture. */
  readonly left: number;
  readonly top: number;
}

/**
 * The page, where it lies on a table or in a frame of another brightness: the inside of a surround
 * that meets all four sides of the picture, and again the inside of a frame on it. Where the page lies
 * turned, it goes on around its edges as they are. `undefined` if there is no surround.
 */
export function pageWithin(plane: Plane): Page | undefined {
  let page: Page | undefined;
  for (let i = 0; i < MOST; i++) {
    const inner = insideOf(page?.plane ?? plane);
    if (inner === undefined) break;
    const { left, top } = page ?? { left: 0, top: 0 };
    page = { plane: inner.plane, left: left + inner.left, top: top + inner.top };
  }
  return page;
}

/**
 * The surround is what is connected to the border and on its side of Otsu's threshold. What is left
 * must be a rectangle with ink on it: a solid bar, a 1 as some write it, is one without. A thick frame
 * on a page of one brightness is painted over: what is written in it may touch it, so the picture is not cut there.
 */
function insideOf(plane: Plane): Page | undefined {
  const small = shrink(plane, SCALE);
  const { width, height, data } = small;
  const histogram = histogramOf(data);
  const { threshold, contrast } = otsu(histogram);
  if (contrast < LEAST_CONTRAST || Math.min(width, height) < 16) return undefined;
  const isLight = data[0] > threshold;
  const isSurround = (level: number) => level > threshold === isLight;
  const outside = floodFromBorder(small, isSurround);
  if (outside === undefined) return undefined;
  const area = outside.reduce((sum, isOut) => sum + 1 - isOut, 0);
  if (area < LEAST_PAGE * width * height) return undefined;
  if (area < PAGE_FILL * rectangleAround(outside, width)) return undefined;
  const paper = data.reduce(
    (sum, level, at) => sum + Number(outside[at] === 0 && isSurround(level)),
    0,
  );
  const isFrame = paper > FRAME_INSIDE * area;
  const frame = isFrame ? frameWidth(small, outside, isSurround) : 0;
  if (isFrame && frame < THIN_FRAME) return undefined;
  const beyond = widened(outside, width, FRINGE + Math.ceil(frame));
  if (!hasInk(small, beyond)) return undefined;
  const box = boxOfRest(beyond, width, height)!;
  const around = enlarge(levelled(small, beyond), plane.width, plane.height);
  const page = plane.data.map((level, at) => {
    const x = Math.floor(((at % plane.width) * width) / plane.width);
    const y = Math.floor((Math.floor(at / plane.width) * height) / plane.height);
    return beyond[y * width + x] === 1 ? around.data[at] : level;
  });
  const whole = { ...plane, data: page };
  if (isFrame) return { plane: whole, left: 0, top: 0 };
  const { left, top, right, bottom } = scaled(box, plane, small);
  return { plane: crop(whole, { left, top, right, bottom }), left, top };
}

/** How thick a frame is, in pixels: the median along its rows, from both sides. */
function frameWidth(
  { width, height, data }: Plane,
  outside: Uint8Array,
  isSurround: (level: number) => boolean,
): number {
  const widths: number[] = [];
  for (let y = 0; y < height; y++) {
    for (const [start, step] of [[0, 1] as const, [width - 1, -1] as const]) {
      let x = start;
      while (x >= 0 && x < width && outside[y * width + x] === 1) x += step;
      const first = x;
      while (x >= 0 && x < width && !isSurround(data[y * width + x])) x += step;
      if (x !== first) widths.push(Math.abs(x - first));
    }
  }
  widths.sort((a, b) => a - b);
  return widths[Math.floor(widths.length / 2)] ?? 0;
}

/** Area of the narrowest rectangle around what is not outside, in whichever direction. */
function rectangleAround(outside: Uint8Array, width: number): number {
  const xs: number[] = [];
  const ys: number[] = [];
  for (let at = 1; at + 1 < outside.length; at++) {
    const isEdge = outside[at] === 0 && outside[at - 1] + outside[at + 1] > 0;
    if (!isEdge) continue;
    xs.push(at % width);
    ys.push(Math.floor(at / width));
  }
  let least = Infinity;
  for (let i = 0; i < DIRECTIONS; i++) {
    const angle = (i * Math.PI) / 2 / DIRECTIONS;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    // Pixels are as wide as a square looks from this direction.
    const side = cos + sin;
    const across = extent(xs.map((x, at) => cos * x + sin * ys[at])) + side;
    const down = extent(xs.map((x, at) => cos * ys[at] - sin * x)) + side;
    least = Math.min(least, across * down);
  }
  return least;
}

function extent(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}

/** What is marked and all within so many pixels of it, in steps along rows and columns. */
function widened(marked: Uint8Array, width: number, pixels: number): Uint8Array {
  let wide = marked;
  for (let i = 0; i < pixels; i++) {
    const last = wide;
    wide = last.map((mark, at) =>
      Math.max(
        mark,
        last[at - 1] ?? 1,
        last[at + 1] ?? 1,
        last[at - width] ?? 1,
        last[at + width] ?? 1,
      ),
    );
  }
  return wide;
}

/** The plane with marked pixels as level as those beside them, from the page outwards. */
function levelled({ width, height, data }: Plane, marked: Uint8Array): Plane {
  const level = data.slice();
  const isKnown = marked.map((mark) => 1 - mark);
  const beside = (at: number): number[] => [
    ...(at % width > 0 ? [at - 1] : []),
    ...(at % width < width - 1 ? [at + 1] : []),
    ...(at >= width ? [at - width] : []),
    ...(at + width < data.length ? [at + width] : []),
  ];
  let ring = [...isKnown.keys()].filter((at) => isKnown[at] === 1);
  while (ring.length > 0) {
    const next = new Set(ring.flatMap(beside).filter((at) => isKnown[at] === 0));
    for (const at of next) {
      const known = beside(at).filter((other) => isKnown[other] === 1);
      level[at] = known.reduce((sum, other) => sum + level[other], 0) / known.length;
    }
    for (const at of next) isKnown[at] = 1;
    ring = [...next];
  }
  return { width, height, data: level };
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

/** The box in pixels of the plane. */
function scaled(box: Box, plane: Plane, small: Plane): Box {
  const across = plane.width / small.width;
  const down = plane.height / small.height;
  return {
    left: Math.ceil(box.left * across),
    top: Math.ceil(box.top * down),
    right: Math.floor(box.right * across),
    bottom: Math.floor(box.bottom * down),
  };
}

/** Whether there is more on the page than light that changes evenly. */
function hasInk({ width, data }: Plane, beyond: Uint8Array): boolean {
  let count = 0;
  for (let at = 0; at < data.length; at++) {
    const differs = [BESIDE, BESIDE * width].some((step) => {
      if (at < step || at + step >= data.length) return false;
      if (beyond[at] + beyond[at - step] + beyond[at + step] > 0) return false;
      return Math.abs(data[at] - (data[at - step] + data[at + step]) / 2) >= LEAST_INK;
    });
    if (differs) count += 1;
  }
  return count >= LEAST_PIXELS;
}

/** The part of a plane that a box holds. */
function crop({ width, data }: Plane, { left, top, right, bottom }: Box): Plane {
  const part = new Float32Array((right - left) * (bottom - top));
  for (let y = top; y < bottom; y++) {
    part.set(data.subarray(y * width + left, y * width + right), (y - top) * (right - left));
  }
  return { width: right - left, height: bottom - top, data: part };
}
