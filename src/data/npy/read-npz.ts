import { FormatError } from "../../base/index.js";
import type { NumericArray } from "../arrays/numeric-array.js";
import { type ByteSource, readZipDirectory, readZipMember } from "../zip.js";
import { parseNpy } from "./parse-npy.js";

/** Most bytes the arrays of one file may have together: 1 GiB. */
const MAX_TOTAL = 2 ** 30;
const MAX_ARRAYS = 1000;

/**
 * Opens an npz file, a zip archive of npy files as NumPy's `savez` and `savez_compressed` write it.
 *
 * Only the directory is read; each array is unpacked when it is asked for.
 */
export async function openNpz(source: ByteSource): Promise<{
  /** The names of the arrays. */
  readonly names: readonly string[];
  read(name: string): Promise<NumericArray>;
}> {
  const members = await readZipDirectory(source);
  if (members.length > MAX_ARRAYS) {
    throw new FormatError(
      source.name,
      `must hold at most ${MAX_ARRAYS} arrays, got ${members.length}`,
    );
  }
  const arrays = new Map(
    members.map((member) => [member.name.replace(/\.npy$/, ""), member] as const),
  );
  let budget = MAX_TOTAL;
  return {
    names: [...arrays.keys()],
    async read(name) {
      const member = arrays.get(name);
      if (member === undefined) {
        throw new FormatError(source.name, `must hold the array ${name}, got no such array`);
      }
      const bytes = await readZipMember(source, member, { limit: budget });
      budget -= bytes.length;
      return parseNpy(bytes, `${source.name}: ${member.name}`);
    },
  };
}
