import { describe, expect, it } from "vitest";
import { Random } from "../base/index.js";
import { SampleStream } from "./sample-stream.js";

function take(stream: SampleStream, count: number): number[] {
  return Array.from({ length: count }, () => stream.next());
}

describe("SampleStream", () => {
  it("shows every image once an epoch, in another order each time", () => {
    const stream = new SampleStream(50, new Random(1));
    const first = take(stream, 50);
    const second = take(stream, 50);
    const all = Array.from({ length: 50 }, (_, i) => i);
    expect(first.toSorted((a, b) => a - b)).toEqual(all);
    expect(second.toSorted((a, b) => a - b)).toEqual(all);
    expect(first).not.toEqual(second);
    expect(first).not.toEqual(all);
  });

  it("gives the same order for the same seed, and another for another", () => {
    const order = take(new SampleStream(20, new Random(7)), 40);
    expect(take(new SampleStream(20, new Random(7)), 40)).toEqual(order);
    expect(take(new SampleStream(20, new Random(8)), 40)).not.toEqual(order);
  });

  it("goes to any place, forwards and back, as if it had come there one by one", () => {
    const all = take(new SampleStream(7, new Random(3)), 30);
    for (const place of [0, 1, 6, 7, 8, 14, 20, 3]) {
      const stream = new SampleStream(7, new Random(3));
      take(stream, 9);
      stream.seek(place);
      expect(take(stream, 10)).toEqual(all.slice(place, place + 10));
    }
  });

  it("says which epoch it is in", () => {
    const stream = new SampleStream(3, new Random(1));
    expect(stream.epoch).toBe(0);
    take(stream, 3);
    expect(stream.epoch).toBe(1);
    take(stream, 1);
    expect(stream.epoch).toBe(2);
  });
});
