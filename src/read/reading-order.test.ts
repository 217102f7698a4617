import { describe, expect, it } from "vitest";
import { inReadingOrder } from "./reading-order.js";

const at = (name: string, left: number, top: number, height = 10) => ({
  name,
  box: { left, top, right: left + 6, bottom: top + height },
});

describe("inReadingOrder", () => {
  it("goes along the rows, and the rows down", () => {
    const items = [at("d", 30, 42), at("b", 20, 3), at("c", 2, 40), at("a", 0, 0)];
    const names = inReadingOrder(items).map((row) => row.map(({ name }) => name).join(""));
    expect(names).toEqual(["ab", "cd"]);
  });

  it("keeps small and shifted characters in their row", () => {
    const items = [at("6", 0, 0, 20), at("-", 10, 12, 3), at("9", 20, 6, 20)];
    expect(
      inReadingOrder(items)[0]
        .map(({ name }) => name)
        .join(""),
    ).toBe("6-9");
  });

  it("gives no row for nothing", () => {
    expect(inReadingOrder([])).toEqual([]);
  });
});
