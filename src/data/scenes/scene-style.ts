import type { Rgb } from "./scene.js";

/** A pen; lengths in shares of the character's longer side. */
export interface PenStyle {
  readonly radius: number;
  readonly colour: Rgb;
  /** Share of what lies below that full ink hides. */
  readonly opacity: number;
  /** How much the radius changes along the way, as a share of it. */
  readonly pressure: number;
  /** How much the paper's grain breaks up the ink, from 0 to 1. */
  readonly grain: number;
  /** How much whole parts of the character are paler, from 0 to 1. */
  readonly fading: number;
}

/** What the character is written on. */
export interface PaperStyle {
  readonly colour: Rgb;
  /** Amplitude of fine and of coarse unevenness, from 0 to 1. */
  readonly texture: number;
  readonly stains: number;
}

/** How the page is lit. */
export interface LightStyle {
  /** In the middle of the page; 1 shows white paper as white. */
  readonly level: number;
  /** Change from one side of the page to the other. */
  readonly slopeX: number;
  readonly slopeY: number;
  /** Loss towards the corners. */
  readonly vignette: number;
  readonly shadow?: ShadowStyle;
}

/** A round shadow, so large that its edge looks almost straight; lengths in shares of the picture's diagonal. */
export interface ShadowStyle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** From light to shade. */
  readonly softness: number;
  /** Share of the light that is missing in the shade. */
  readonly depth: number;
}

/** Lines printed on the page. */
export type PrintStyle =
  | { readonly type: "none" }
  | {
      readonly type: "rules" | "squares" | "box";
      /** Distance of the lines, or side of the box, in shares of the character's longer side. */
      readonly step: number;
      readonly thickness: number;
      readonly colour: Rgb;
      readonly opacity: number;
    };

/** How the picture is taken. */
export interface CameraStyle {
  readonly blurPx: number;
  /** Standard deviation of the noise, in levels of 255. */
  readonly noise: number;
  readonly jpegQuality?: number;
}

/** All that is chosen of a scene before it is drawn. */
export interface SceneStyle {
  /** Longer side of the character, in pixels. */
  readonly glyphPx: number;
  /** Free room around it, in shares of its longer side: left, top, right, bottom. */
  readonly margins: readonly [number, number, number, number];
  /** Tangent of half the angle that the page is turned by. */
  readonly turn: number;
  readonly slant: number;
  readonly pen: PenStyle;
  readonly paper: PaperStyle;
  readonly light: LightStyle;
  readonly print: PrintStyle;
  /** How many other characters reach into the picture. */
  readonly neighbours: number;
  /** Width of a black surround, in shares of the longer side. */
  readonly surround: number;
  /** Pixels from bare paper to full ink at the edge of a stroke; nearly 0 for hard pixels. */
  readonly softnessPx: number;
  readonly camera: CameraStyle;
}
