import { describe, expect, it } from "vitest";
import { bar } from "./bar.js";
import { bytes, clock } from "./format.js";
import { formatTable } from "./table.js";

describe("numbers for people", () => {
  it("read as they are spoken", () => {
    expect([clock(0.4), clock(72), clock(3672)]).toEqual(["0:00", "1:12", "1:01:12"]);
    expect([bytes(512), bytes(9912422), bytes(2.5e9)]).toEqual(["512 B", "9.9 MB", "2.50 GB"]);
  });
});

describe("a bar", () => {
  it("fills in eighths of a character and keeps its width", () => {
    expect(bar(0.55, 10)).toBe("█████▌    ");
    expect(bar(0, 4)).toBe("    ");
    expect(bar(7, 4)).toBe("████");
  });
});

describe("a table", () => {
  it("aligns columns by what is seen, not by escape codes", () => {
    const rows = [
      ["\x1b[1mname\x1b[22m", "n"],
      ["x", "1,000"],
    ];
    expect(formatTable(rows, "lr")).toBe("\x1b[1mname\x1b[22m      n\nx     1,000\n");
  });
});
