import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MemoryLayout } from "./memory-layout.js";

describe("MemoryLayout", () => {
  it("aligns every place to 16 words", () => {
    const layout = new MemoryLayout();
    expect([layout.take(1), layout.keep(17), layout.take(16)]).toEqual([0, 16, 48]);
    expect(layout.words).toBe(64);
  });

  it("gives a released place to the next that fits", () => {
    const layout = new MemoryLayout();
    const first = layout.take(32);
    layout.take(16);
    layout.release(first);
    expect([layout.take(48), layout.take(16), layout.take(16)]).toEqual([48, 0, 16]);
  });

  it("grows from its last block, if that is free", () => {
    const layout = new MemoryLayout();
    layout.take(16);
    layout.release(layout.take(32));
    expect(layout.take(48)).toBe(16);
    expect(layout.words).toBe(64);
  });

  it("joins released neighbours, in whatever order they come back", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), (order) => {
        const layout = new MemoryLayout();
        const places = order.map(() => layout.take(16));
        for (const index of order) layout.release(places[index]);
        expect(layout.take(80)).toBe(0);
        expect(layout.words).toBe(80);
      }),
    );
  });

  it("never gives out a word twice", () => {
    const request = fc.record({ size: fc.nat(100), ends: fc.nat(5), kept: fc.boolean() });
    fc.assert(
      fc.property(fc.array(request, { maxLength: 60 }), (requests) => {
        const layout = new MemoryLayout();
        let live: { offset: number; size: number; end: number }[] = [];
        requests.forEach(({ size, ends, kept }, now) => {
          for (const { offset } of live.filter(({ end }) => end === now)) layout.release(offset);
          live = live.filter(({ end }) => end > now);
          const offset = kept ? layout.keep(size) : layout.take(size);
          expect(offset + size).toBeLessThanOrEqual(layout.words);
          for (const other of live) {
            expect(offset >= other.offset + other.size || offset + size <= other.offset).toBe(true);
          }
          live.push({ offset, size, end: kept ? Number.POSITIVE_INFINITY : now + 1 + ends });
        });
      }),
    );
  });

  it("refuses to release what was not taken", () => {
    const layout = new MemoryLayout();
    const kept = layout.keep(16);
    expect(() => layout.release(kept)).toThrow(
      new TypeError("memory layout: place 0 was not taken"),
    );
  });
});
