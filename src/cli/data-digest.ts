import { sha256 } from "../data/index.js";

/**
 * Digest of samples as they are learned from, in hexadecimal: of every array and every plain field.
 * Other than the digests of files it tells two splits of the same files apart.
 */
export async function dataDigest(...parts: readonly (object | undefined)[]): Promise<string> {
  const lines: string[] = [];
  for (const part of parts) {
    for (const [name, value] of Object.entries(part ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))) {
      const text = ArrayBuffer.isView(value)
        ? await sha256(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
        : JSON.stringify(value);
      lines.push(`${name}=${text}\n`);
    }
    lines.push("\n");
  }
  return sha256(new TextEncoder().encode(lines.join("")));
}
