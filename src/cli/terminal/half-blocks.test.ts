import { describe, expect, it } from "vitest";
import { halfBlocks, paletteOf } from "./half-blocks.js";

const picture = Uint8Array.from([0, 255, 128, 255, 255, 0]);

describe("half blocks", () => {
  it("draw the upper pixel in the foreground and the lower in the background", () => {
    expect(halfBlocks(Uint8Array.from([0, 255]), 1, { palette: "24-bit" })).toBe(
      "\x1b[38;2;0;0;0;48;2;255;255;255m▀\x1b[0m\n",
    );
  });

  it("use the greys of the 256-colour palette, with true black and white at its ends", () => {
    expect(halfBlocks(Uint8Array.from([0, 255, 128, 8]), 2, { palette: "256" })).toBe(
      "\x1b[38;5;16;48;5;244m▀\x1b[38;5;231;48;5;232m▀\x1b[0m\n",
    );
  });

  it("shade by the mean of two rows without colours, and take an odd last row", () => {
    expect(halfBlocks(picture, 3, { palette: "shades" })).toBe("▒█░\n");
    expect(halfBlocks(Uint8Array.from([255, 255, 255]), 1, { palette: "shades" })).toBe("█\n▒\n");
  });

  it("follow what the terminal says of itself", () => {
    expect(paletteOf(true, { COLORTERM: "truecolor" })).toBe("24-bit");
    expect(paletteOf(true, {})).toBe("256");
    expect(paletteOf(false, { COLORTERM: "truecolor" })).toBe("shades");
  });
});
