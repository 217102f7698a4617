import { type ImageSet, imageAt } from "../image-set.js";

/** Finds images with exactly the pixels of another: by a hash (FNV-1a, 32 bits), then byte by byte. */
export class PixelIndex {
  #set: ImageSet;
  /** Images that differ from all before them, by hash. */
  #byHash = new Map<number, number[]>();
  /** For each image the first of the set with the same pixels, which may be itself. */
  readonly first: Int32Array;

  constructor(set: ImageSet) {
    this.#set = set;
    this.first = new Int32Array(set.count);
    for (let i = 0; i < set.count; i++) {
      const pixels = imageAt(set, i);
      const hash = hashOf(pixels);
      const found = this.#find(pixels, hash);
      this.first[i] = found ?? i;
      if (found !== undefined) continue;
      const alike = this.#byHash.get(hash);
      if (alike === undefined) this.#byHash.set(hash, [i]);
      else alike.push(i);
    }
  }

  /** The first image with these pixels. */
  find(pixels: Uint8Array): number | undefined {
    return this.#find(pixels, hashOf(pixels));
  }

  #find(pixels: Uint8Array, hash: number): number | undefined {
    return this.#byHash.get(hash)?.find((i) => isSame(imageAt(this.#set, i), pixels));
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
  return hash;
}
