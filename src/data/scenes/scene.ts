/**
 * What scenes are drawn of, so that failures can be counted by what was difficult:
 *
 * `pen`, `pencil`, `felt`: a photograph of paper in even light. `shadow`: one half in the shade of a
 * hand. `ruled`, `squared`: on such paper. `boxed`: in the cell of a form. `neighbours`: parts of
 * other characters at the border. `framed`: paper on a black table. `tilted`: turned, slanted.
 * `tiny`, `huge`: 12 to 28 and 900 to 1500 pixels. `coloured`: pens and papers of any colour.
 * `dark`: light on dark, a screen or a blackboard. `drawing`: from a drawing program. `jpeg`:
 * saved at quality 30. `blurred`: out of focus, in poor light. `faded`: an old register.
 */
export const sceneKinds = [
  "pen",
  "pencil",
  "felt",
  "shadow",
  "ruled",
  "squared",
  "boxed",
  "neighbours",
  "framed",
  "tilted",
  "tiny",
  "huge",
  "coloured",
  "dark",
  "drawing",
  "jpeg",
  "blurred",
  "faded",
] as const;

export type SceneKind = (typeof sceneKinds)[number];

/** A picture of one character as a camera, a scanner or a drawing program would give it. */
export interface Scene {
  readonly kind: SceneKind;
  /** The character that was written. */
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly channels: 3;
  /** Red, green and blue, `[height, width, 3]`. */
  readonly pixels: Uint8Array;
  /** Where set, the picture has still to go through a JPEG file of this quality, 1 to 100. */
  readonly jpegQuality?: number;
}

/** Red, green and blue, 0 to 1. */
export type Rgb = readonly [red: number, green: number, blue: number];
