/** How a picture is shown: as colours where the terminal has them, as plain shades where not. */
export type Palette = "24-bit" | "256" | "shades";

/**
 * A grey picture as text, two rows of pixels to a line.
 *
 * With colours each character is `▀`: its foreground the upper pixel, its background the lower.
 * Without, a character is the shade of the mean of its two pixels, as ink on blank.
 *
 * @param pixels - `[height, width]`, 0 blank to 255 ink
 */
export function halfBlocks(
  pixels: Uint8Array,
  width: number,
  { palette }: { palette: Palette },
): string {
  const height = pixels.length / width;
  let text = "";
  for (let y = 0; y < height; y += 2) {
    let line = "";
    for (let x = 0; x < width; x++) {
      const upper = pixels[y * width + x]!;
      const lower = y + 1 < height ? pixels[(y + 1) * width + x]! : 0;
      line += palette === "shades" ? shade(upper, lower) : block(upper, lower, palette);
    }
    text += palette === "shades" ? `${line.trimEnd()}\n` : `${line}\x1b[0m\n`;
  }
  return text;
}

/** The palette a terminal takes, by what it says of itself. */
export function paletteOf(coloured: boolean, env: Readonly<Record<string, string | undefined>>) {
  if (!coloured) return "shades";
  return /^(truecolor|24bit)$/.test(env.COLORTERM ?? "") ? "24-bit" : "256";
}

function shade(upper: number, lower: number): string {
  return " ░▒▓█"[Math.round(((upper + lower) / 510) * 4)]!;
}

function block(upper: number, lower: number, palette: "24-bit" | "256"): string {
  const colour = (v: number) => (palette === "24-bit" ? `2;${v};${v};${v}` : `5;${grey256(v)}`);
  return `\x1b[38;${colour(upper)};48;${colour(lower)}m▀`;
}

/** Nearest of the 24 greys of the 256-colour palette (232 is 8, then steps of 10), black and white. */
function grey256(value: number): number {
  if (value < 4) return 16;
  if (value > 246) return 231;
  return 232 + Math.min(23, Math.max(0, Math.round((value - 8) / 10)));
}
