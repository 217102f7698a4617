import { type Box, type Cells, lengthOf, type Plane, resample } from "../data/index.js";
import type { Preprocessing } from "../nn/index.js";
import { cropBox } from "./crop.js";
import { FULL_ENOUGH } from "./ink.js";

/** Pixels by which an image's centre may miss its frame and still be taken as framed. */
const TOLERANCE = 0.5;

/**
 * Sets a glyph into the model's input as MNIST was set: its longer side fills the box (20 pixels
 * of 28), proportions kept, and whole pixels move it until its centre of mass falls on the
 * pixel in the middle (LeCun, Cortes and Burges, "The MNIST database"). Measured on 20 000 of
 * its images: the mean pixel index always rounds to 14 in both directions.
 *
 * EMNIST's recipe has a larger box and sets it to the very middle, parts of pixels included (Cohen,
 * Afshar, Tapson and van Schaik 2017).
 *
 * An image that already is framed so, at whatever size, keeps its frame.
 */
export function frame(ink: Plane, box: Box, contract: Preprocessing): Uint8Array {
  const setAnew = contract.framing === "emnist" ? centred : placed;
  return bytes(asFramed(ink, contract) ?? setAnew(ink, box, contract));
}

/** The whole picture at the model's size, if that meets the contract as it is. */
function asFramed(ink: Plane, contract: Preprocessing): Plane | undefined {
  const { width, height, box: size, center } = contract;
  if (ink.width * height !== ink.height * width || ink.width < width) return undefined;
  const cell = ink.width / width;
  const whole = { left: 0, top: 0, right: ink.width, bottom: ink.height };
  const image = resample(
    ink,
    whole,
    { start: 0, size: cell, count: width },
    { start: 0, size: cell, count: height },
  );
  const box = cropBox(image);
  if (box === undefined) return undefined;
  if (lengthOf(box) > size || lengthOf(box) < size - 1) return undefined;
  const [x, y] = center === "mass" ? centreOfMass(image) : centreOf(box);
  const off = Math.max(Math.abs(x - (width >> 1)), Math.abs(y - (height >> 1)));
  return off <= 0.5 + TOLERANCE ? image : undefined;
}

/** The glyph in the very middle, its longer side filling the box, as EMNIST's were set. */
function centred(ink: Plane, box: Box, { width, height, box: size }: Preprocessing): Plane {
  const cell = lengthOf(box) / size;
  const across = (box.left + box.right - width * cell) / 2;
  const down = (box.top + box.bottom - height * cell) / 2;
  const columns = { start: across, size: cell, count: width };
  return resample(ink, box, columns, { start: down, size: cell, count: height });
}

/** The glyph by whole pixels where its middle meets the frame's, as MNIST's were set. */
function placed(ink: Plane, box: Box, contract: Preprocessing): Plane {
  return place(fitBox(ink, box, contract.box), contract);
}

/** The glyph with its longer side `size` pixels long. */
function fitBox(ink: Plane, box: Box, size: number): Plane {
  const cell = lengthOf(box) / size;
  const columns = cells(box.left, box.right - box.left, cell);
  const rows = cells(box.top, box.bottom - box.top, cell);
  return resample(ink, box, columns, rows);
}

/** As many cells as cover `length`, laid evenly around it. */
function cells(start: number, length: number, size: number): Cells {
  const count = Math.ceil(length / size - 1e-6);
  return { start: start - (count * size - length) / 2, size, count };
}

/** The glyph moved so that its middle meets the frame's; all of it stays inside. */
function place(glyph: Plane, { width, height, center }: Preprocessing): Plane {
  const [x, y] =
    center === "mass"
      ? centreOfMass(glyph)
      : centreOf({ left: 0, top: 0, right: glyph.width, bottom: glyph.height });
  const inside = (from: number, room: number) => Math.min(room, Math.max(0, from));
  const left = inside((width >> 1) - Math.round(x), width - glyph.width);
  const top = inside((height >> 1) - Math.round(y), height - glyph.height);
  const data = new Float32Array(width * height);
  for (let row = 0; row < glyph.height; row++) {
    const line = glyph.data.subarray(row * glyph.width, (row + 1) * glyph.width);
    data.set(line, (top + row) * width + left);
  }
  return { width, height, data };
}

/** As bytes; strokes so thin that shrinking made them pale get their full strength back. */
function bytes({ data }: Plane): Uint8Array {
  const strongest = data.reduce((most, value) => Math.max(most, value), 0);
  const scale = strongest < FULL_ENOUGH ? 255 / strongest : 1;
  return new Uint8Array(data.map((value) => Math.round(scale * value)));
}

/** Mean pixel index, weighted by ink. */
function centreOfMass({ width, height, data }: Plane): [x: number, y: number] {
  let mass = 0;
  let across = 0;
  let down = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = data[y * width + x];
      mass += value;
      across += value * x;
      down += value * y;
    }
  }
  return [across / mass, down / mass];
}

/** Mean pixel index of a box. */
function centreOf({ left, top, right, bottom }: Box): [x: number, y: number] {
  return [(left + right - 1) / 2, (top + bottom - 1) / 2];
}
