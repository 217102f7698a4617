import type { Plane } from "../plane.js";
import type { LightStyle, ShadowStyle } from "./scene-style.js";
import { ease } from "./value-noise.js";

/** The light on every pixel of a page: 1 shows white paper as white. */
export function lightOn(width: number, height: number, style: LightStyle): Plane {
  const { level, slopeX, slopeY, vignette, shadow } = style;
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const v = (y + 0.5) / height - 0.5;
    for (let x = 0; x < width; x++) {
      const u = (x + 0.5) / width - 0.5;
      const even = level * (1 + slopeX * u + slopeY * v - 2 * vignette * (u * u + v * v));
      const shade = shadow === undefined ? 0 : shadeAt(x, y, { width, height }, shadow);
      data[y * width + x] = even * (1 - shade);
    }
  }
  return { width, height, data };
}

/** Share of the light that is missing at a pixel. */
function shadeAt(
  x: number,
  y: number,
  { width, height }: { width: number; height: number },
  shadow: ShadowStyle,
): number {
  const diagonal = Math.sqrt(width * width + height * height);
  const dx = (x - width / 2) / diagonal + 0.5 - shadow.x;
  const dy = (y - height / 2) / diagonal + 0.5 - shadow.y;
  const inside = (shadow.radius - Math.sqrt(dx * dx + dy * dy)) / shadow.softness + 0.5;
  return shadow.depth * ease(Math.min(1, Math.max(0, inside)));
}
