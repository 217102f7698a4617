// The binary encoding of WebAssembly values (core specification 2.0, chapter 5).

export type Bytes = readonly number[];

/** Unsigned LEB128 of an integer in `[0, 2^32)`: seven bits a byte, lowest first. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

/** Signed LEB128 of an integer in `[-2^31, 2^31)`. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    // Done when what is left is nothing but copies of the sign bit just written.
    if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) {
      bytes.push(low);
      return bytes;
    }
    bytes.push(low | 0x80);
  }
}

/** IEEE 754 single precision, little-endian; `value` is rounded to it. */
export function float32(value: number): number[] {
  return [...new Uint8Array(new Float32Array([value]).buffer)];
}

/** Four 32-bit words, little-endian. */
export function words(values: readonly number[]): number[] {
  return [...new Uint8Array(new Int32Array(values).buffer)];
}

/** A name: its length, then its characters, which must be ASCII. */
export function name(text: string): number[] {
  return [...unsigned(text.length), ...[...text].map((letter) => letter.charCodeAt(0))];
}

/** A list: the number of items, then the items. */
export function list(items: readonly Bytes[]): number[] {
  return joined([unsigned(items.length), ...items]);
}

/** A stretch of bytes preceded by its length. */
export function sized(content: Bytes): number[] {
  return joined([unsigned(content.length), content]);
}

export function section(id: number, content: Bytes): number[] {
  return joined([[id], sized(content)]);
}

export function joined(parts: readonly Bytes[]): number[] {
  return ([] as number[]).concat(...parts);
}
