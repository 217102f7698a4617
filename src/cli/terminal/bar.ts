/**
 * A bar `width` characters wide, filled up to `share` in eighths of a character:
 * `bar(0.55, 10)` is `█████▌    `.
 *
 * @param share - from 0 to 1; clamped
 */
export function bar(share: number, width: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * width * 8);
  const full = Math.floor(eighths / 8);
  const part = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]!;
  return ("█".repeat(full) + part).padEnd(width);
}
