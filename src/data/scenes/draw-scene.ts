import type { Random } from "../../base/index.js";
import { takePicture } from "./camera.js";
import { chooseStyle } from "./choose-style.js";
import { drawInk } from "./draw-ink.js";
import { lightOn } from "./light.js";
import { neighbours } from "./neighbours.js";
import { onPage, type View, viewOf } from "./page.js";
import { printedLines } from "./printed-lines.js";
import { type Rgb, type Scene, type SceneKind, sceneKinds } from "./scene.js";
import type { PaperStyle, PenStyle, PrintStyle, SceneStyle } from "./scene-style.js";
import type { StrokeGlyph } from "./stroke-glyph.js";
import { valueNoise } from "./value-noise.js";

type Colours = [Float32Array, Float32Array, Float32Array];

/**
 * Draws a character as it would be photographed, scanned or drawn: pen on paper, printed lines,
 * light and shadow, the camera's blur and noise. For tests with a known truth.
 *
 * Uses `+ - * / √` only: the same random numbers give the same bytes on every machine.
 *
 * @param options.kind - one of {@link sceneKinds}; any if not said
 */
export function drawScene(
  glyph: StrokeGlyph,
  options: { readonly random: Random; readonly kind?: SceneKind },
): Scene {
  const { random, kind = sceneKinds[random.integer(sceneKinds.length)] } = options;
  const style = chooseStyle(kind, random);
  const view = frameView(style);
  const { width, height } = view;
  const colours = paperOf(style.paper, view, random);
  print(style.print, colours, view, random);
  const ink = { softnessPx: style.softnessPx, random };
  const written = [
    ...onPage(glyph, style.slant),
    ...neighbours(style.neighbours, pageEdges(view), random),
  ];
  cover(colours, drawInk(written, style.pen, view, ink).data, style.pen.colour);
  const light = lightOn(width, height, style.light).data;
  for (const colour of colours) {
    for (let at = 0; at < colour.length; at++) colour[at] *= light[at];
  }
  surround(colours, view, style.surround * style.glyphPx);
  const pixels = takePicture(colours, view, { ...style.camera, random });
  const { jpegQuality } = style.camera;
  const { label } = glyph;
  return {
    ...{ kind, label, width, height, channels: 3, pixels },
    ...(jpegQuality !== undefined && { jpegQuality }),
  };
}

function frameView({ glyphPx, margins, turn, surround: around }: SceneStyle): View {
  const [left, top, right, bottom] = margins.map((margin) => margin + around);
  return viewOf(Math.ceil(glyphPx * (1 + left + right)), Math.ceil(glyphPx * (1 + top + bottom)), {
    x: glyphPx * (0.5 + left),
    y: glyphPx * (0.5 + top),
    scale: glyphPx,
    turn,
  });
}

/** Where the picture ends on the page, as if it were not turned. */
function pageEdges({ width, centreX, scale }: View) {
  return { left: -centreX / scale, right: (width - centreX) / scale };
}

function paperOf(paper: PaperStyle, { width, height, scale }: View, random: Random): Colours {
  const fine = valueNoise(width, height, 1.6, random).data;
  const coarse = valueNoise(width, height, Math.max(3, 0.06 * scale), random).data;
  const stains = valueNoise(width, height, Math.max(8, 0.5 * scale), random).data;
  const [red, green, blue] = paper.colour.map((level) =>
    fine.map(
      (grain, at) =>
        level * (1 + paper.texture * (grain + coarse[at])) - paper.stains * Math.max(0, stains[at]),
    ),
  );
  return [red, green, blue];
}

function print(style: PrintStyle, colours: Colours, view: View, random: Random): void {
  if (style.type === "none") return;
  const { thickness, colour, opacity } = style;
  const pen: PenStyle = {
    radius: thickness / 2,
    colour,
    opacity,
    pressure: 0,
    grain: 0.1,
    fading: 0.1,
  };
  const lines = drawInk(printedLines(style, random), pen, view, { softnessPx: 1, random });
  cover(colours, lines.data, colour);
}

function cover(colours: Colours, coverage: Float32Array, ink: Rgb): void {
  colours.forEach((colour, channel) => {
    for (let at = 0; at < colour.length; at++) {
      colour[at] += coverage[at] * (ink[channel] - colour[at]);
    }
  });
}

/** Blackens what is nearer to the border than `widthPx`. */
function surround(colours: Colours, { width, height }: View, widthPx: number): void {
  if (widthPx === 0) return;
  const border = Math.round(widthPx);
  for (const colour of colours) {
    for (let y = 0; y < height; y++) {
      const isInside = y >= border && y < height - border;
      colour.fill(0.03, y * width, y * width + (isInside ? border : width));
      if (isInside) colour.fill(0.03, (y + 1) * width - border, (y + 1) * width);
    }
  }
}
