import type { Random } from "../../base/index.js";
import type { Rgb, SceneKind } from "./scene.js";
import type { LightStyle, PenStyle, PrintStyle, SceneStyle } from "./scene-style.js";

/** Chooses all of a scene but its character: an ordinary photograph, changed by what its kind is about. */
export function chooseStyle(kind: SceneKind, random: Random): SceneStyle {
  const ordinary = photograph(random);
  return { ...ordinary, ...changes[kind](random, ordinary) };
}

function photograph(random: Random): SceneStyle {
  const margin = () => random.between(0.2, 0.9);
  return {
    glyphPx: random.between(50, 260),
    margins: [margin(), margin(), margin(), margin()],
    turn: random.between(-0.04, 0.04),
    slant: random.between(-0.1, 0.2),
    pen: ballpoint(random),
    paper: { colour: whitish(random), texture: random.between(0.004, 0.02), stains: 0 },
    light: evenLight(random),
    print: { type: "none" },
    neighbours: 0,
    surround: 0,
    softnessPx: 1,
    camera: { blurPx: random.between(0.3, 1.1), noise: random.between(0.8, 3.5), jpegQuality: 85 },
  };
}

/** What each kind has that an ordinary photograph has not. */
const changes: Readonly<
  Record<SceneKind, (random: Random, ordinary: SceneStyle) => Partial<SceneStyle>>
> = {
  pen: () => ({}),
  pencil: (random) => ({ pen: pencil(random) }),
  felt: (random) => ({ pen: felt(random) }),
  shadow: (random, { light }) => ({ light: { ...light, shadow: shadow(random) } }),
  ruled: (random) => ({ print: print("rules", random.between(0.45, 1.3), random) }),
  squared: (random) => ({ print: print("squares", random.between(0.3, 0.8), random) }),
  boxed: (random) => ({
    print: print("box", random.between(1.08, 1.7), random),
    margins: [random.between(0.3, 0.7), random.between(0.3, 0.7), random.between(0.3, 0.7), 0.5],
    neighbours: random.integer(3) === 0 ? 2 : 0,
  }),
  neighbours: (random) => ({
    neighbours: 1 + random.integer(3),
    margins: [0.5, random.between(0.35, 0.6), 0.5, random.between(0.35, 0.6)],
  }),
  framed: (random) => ({ surround: random.between(0.05, 0.35) }),
  tilted: (random) => ({
    turn: random.between(0.09, 0.17) * (random.integer(2) === 0 ? 1 : -1),
    slant: random.between(-0.15, 0.4),
    print: random.integer(2) === 0 ? print("rules", 1.2, random) : { type: "none" },
  }),
  tiny: (random, { pen }) => ({
    glyphPx: random.between(12, 28),
    pen: { ...pen, radius: random.between(0.035, 0.06), grain: 0 },
    camera: { blurPx: random.between(0, 0.4), noise: random.between(0, 2) },
  }),
  huge: (random) => ({
    glyphPx: random.between(900, 1500),
    margins: [0.2, random.between(0.1, 0.4), random.between(0.1, 0.4), 0.2],
  }),
  coloured: (random, { pen }) => ({
    pen: { ...pen, colour: pick(random, brightInks), radius: random.between(0.025, 0.05) },
    paper: { colour: pick(random, colouredPapers), texture: 0.01, stains: 0 },
  }),
  dark: (random, { pen }) => ({
    pen: { ...pen, colour: pick(random, lightInks), opacity: random.between(0.75, 1) },
    paper: {
      colour: pick(random, darkGrounds),
      texture: random.between(0, 0.03),
      stains: random.between(0, 0.05),
    },
  }),
  drawing,
  jpeg: (random, { camera }) => ({
    camera: { ...camera, jpegQuality: 30 },
    glyphPx: random.between(30, 160),
  }),
  blurred: (random, { glyphPx, light }) => ({
    light: { ...light, level: random.between(0.35, 0.6) },
    camera: { blurPx: glyphPx * random.between(0.012, 0.03), noise: random.between(4, 10) },
  }),
  faded: (random) => ({
    pen: { ...fountainPen(random), colour: [0.34, 0.24, 0.15], opacity: random.between(0.45, 0.8) },
    paper: {
      colour: [0.87, 0.78, random.between(0.56, 0.68)],
      texture: random.between(0.03, 0.05),
      stains: random.between(0.05, 0.12),
    },
    print: random.integer(3) === 0 ? print("rules", 1.3, random) : { type: "none" },
  }),
};

function drawing(random: Random, { pen }: SceneStyle): Partial<SceneStyle> {
  const [paper, ink] = pick(random, screens);
  const width = random.between(0.02, 0.07);
  return {
    turn: 0,
    glyphPx: random.between(60, 400),
    pen: { ...pen, radius: width, colour: ink, opacity: 1, pressure: 0, grain: 0, fading: 0 },
    paper: { colour: paper, texture: 0, stains: 0 },
    light: { level: 1, slopeX: 0, slopeY: 0, vignette: 0 },
    softnessPx: random.integer(2) === 0 ? 1e-3 : 1,
    camera: { blurPx: 0, noise: 0 },
  };
}

function ballpoint(random: Random): PenStyle {
  return {
    radius: random.between(0.016, 0.034),
    colour: pick(random, inks),
    opacity: random.between(0.8, 1),
    pressure: random.between(0.05, 0.3),
    grain: random.between(0, 0.25),
    fading: random.between(0, 0.2),
  };
}

function pencil(random: Random): PenStyle {
  const grey = random.between(0.2, 0.38);
  return {
    radius: random.between(0.016, 0.035),
    colour: [grey, grey, grey + 0.02],
    opacity: random.between(0.45, 0.85),
    pressure: random.between(0.1, 0.35),
    grain: random.between(0.35, 0.7),
    fading: random.between(0.1, 0.4),
  };
}

function felt(random: Random): PenStyle {
  return {
    radius: random.between(0.045, 0.085),
    colour: pick(random, inks),
    opacity: random.between(0.9, 1),
    pressure: random.between(0, 0.12),
    grain: random.between(0, 0.1),
    fading: random.between(0, 0.1),
  };
}

function fountainPen(random: Random): PenStyle {
  return {
    radius: random.between(0.018, 0.04),
    colour: pick(random, inks),
    opacity: random.between(0.7, 0.95),
    pressure: random.between(0.3, 0.5),
    grain: random.between(0.1, 0.3),
    fading: random.between(0.2, 0.5),
  };
}

function evenLight(random: Random): LightStyle {
  return {
    level: random.between(0.7, 1.02),
    slopeX: random.between(-0.25, 0.25),
    slopeY: random.between(-0.25, 0.25),
    vignette: random.between(0, 0.15),
  };
}

/** Its edge passes through the middle third of the picture. */
function shadow(random: Random) {
  const radius = random.between(0.6, 3);
  // A direction without sine and cosine: a point of a square, brought to length 1.
  const x = random.between(-1, 1);
  const y = random.integer(2) === 0 ? 1 : -1;
  const length = Math.sqrt(x * x + y * y);
  const distance = radius + random.between(-0.15, 0.15);
  return {
    x: 0.5 + (distance * x) / length,
    y: 0.5 + (distance * y) / length,
    radius,
    softness: random.between(0.02, 0.2),
    depth: random.between(0.25, 0.6),
  };
}

function print(type: "rules" | "squares" | "box", step: number, random: Random): PrintStyle {
  const strong = type === "box";
  return {
    type,
    step,
    thickness: strong ? random.between(0.012, 0.04) : random.between(0.008, 0.02),
    colour: pick(random, strong ? boxInks : ruleInks),
    opacity: strong ? random.between(0.6, 1) : random.between(0.3, 0.75),
  };
}

function whitish(random: Random): Rgb {
  const grey = random.between(0.84, 0.98);
  return [grey, grey - random.between(0, 0.02), grey - random.between(0, 0.06)];
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random.integer(list.length)];
}

const inks: readonly Rgb[] = [
  [0.08, 0.08, 0.1],
  [0.1, 0.13, 0.42],
  [0.06, 0.16, 0.55],
  [0.12, 0.12, 0.3],
  [0.6, 0.08, 0.1],
];
const brightInks: readonly Rgb[] = [
  [0.75, 0.08, 0.1],
  [0.05, 0.35, 0.15],
  [0.1, 0.2, 0.65],
  [0.4, 0.1, 0.5],
  [0.85, 0.2, 0.45],
  [0.02, 0.4, 0.5],
];
const colouredPapers: readonly Rgb[] = [
  [0.97, 0.92, 0.55],
  [0.98, 0.8, 0.84],
  [0.78, 0.92, 0.8],
  [0.76, 0.88, 0.97],
  [0.95, 0.85, 0.68],
  [0.8, 0.68, 0.5],
];
const lightInks: readonly Rgb[] = [
  [0.95, 0.95, 0.93],
  [0.98, 0.9, 0.5],
  [0.6, 0.9, 0.95],
  [0.7, 0.95, 0.7],
];
const darkGrounds: readonly Rgb[] = [
  [0.05, 0.05, 0.06],
  [0.12, 0.13, 0.15],
  [0.1, 0.22, 0.17],
  [0.1, 0.12, 0.25],
];
const ruleInks: readonly Rgb[] = [
  [0.45, 0.6, 0.85],
  [0.5, 0.5, 0.55],
  [0.55, 0.75, 0.7],
  [0.8, 0.55, 0.6],
];
const boxInks: readonly Rgb[] = [
  [0.1, 0.1, 0.1],
  [0.25, 0.35, 0.6],
  [0.85, 0.45, 0.2],
  [0.35, 0.55, 0.4],
];
/** Paper and ink of drawing programs. */
const screens: readonly (readonly [Rgb, Rgb])[] = [
  [
    [1, 1, 1],
    [0, 0, 0],
  ],
  [
    [1, 1, 1],
    [0.93, 0.11, 0.14],
  ],
  [
    [1, 1, 1],
    [0.25, 0.28, 0.8],
  ],
  [
    [0.98, 0.98, 0.9],
    [0.1, 0.45, 0.2],
  ],
  [
    [0, 0, 0],
    [1, 1, 1],
  ],
  [
    [0.13, 0.13, 0.13],
    [1, 0.8, 0.2],
  ],
];
