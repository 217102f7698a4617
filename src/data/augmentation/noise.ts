import { Random } from "../../base/index.js";

/** Standard normal numbers, drawn once: which of them an image gets is what is random. */
const NORMALS = normals(4096);

function normals(count: number): Float64Array {
  const random = new Random(0x6e6f6973);
  return Float64Array.from({ length: count }, () => random.normal());
}

/** Adds normal noise to every pixel and keeps it from 0 to 1. */
export function addNoise(
  pixels: Float32Array | Float64Array,
  deviation: number,
  random: Random,
): void {
  let index = random.uint32();
  // An odd stride comes past all of them.
  const stride = random.uint32() | 1;
  for (let i = 0; i < pixels.length; i++) {
    const value = pixels[i] + deviation * NORMALS[index & (NORMALS.length - 1)];
    pixels[i] = value < 0 ? 0 : value > 1 ? 1 : value;
    index = (index + stride) | 0;
  }
}
