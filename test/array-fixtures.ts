import fc from "fast-check";

/**
 * A file after an accident: some bytes changed, often to what sizes and tags are made of, and perhaps
 * cut short or prolonged.
 */
export function damaged(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const value = fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat({ max: 255 }));
  const change = fc.tuple(fc.nat({ max: bytes.length - 1 }), value);
  const end = fc.option(fc.nat({ max: bytes.length + 8 }), { nil: bytes.length, freq: 4 });
  return fc.tuple(fc.array(change, { maxLength: 8 }), end).map(([changes, length]) => {
    const result = new Uint8Array(Math.max(length, bytes.length));
    result.set(bytes);
    for (const [at, byte] of changes) result[at] = byte;
    return result.slice(0, length);
  });
}

/** A file written by test/fixtures/make-array-fixtures.py. */
export const arrayFixture = (name: string): URL =>
  new URL(`./fixtures/arrays/${name}`, import.meta.url);

/** The pixels of the fixtures: pixel i is 37 i mod 256. */
export const fixturePixels = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => (37 * i) % 256);

/** The labels of the fixtures: label i is 7 i mod 10. */
export const fixtureLabels = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => (7 * i) % 10);
