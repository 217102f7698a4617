import type { Plane } from "../data/index.js";

/** What a picture goes through on its way to the model, in order; not every picture goes through all. */
export type StageName =
  | "luminance"
  | "page"
  | "flattened"
  | "ink"
  | "without lines"
  | "character"
  | "model input";

/** What happens at every stage, in words. */
export const stageCaptions: Readonly<Record<StageName, string>> = {
  luminance: "The picture in grey, large ones made smaller",
  page: "The page, without what it lies on",
  flattened: "Light and paper taken away: grey is ground, darker and lighter is what stands out",
  ink: "The ink alone, on black",
  "without lines": "Printed lines and boxes taken out",
  character: "The pieces of one character, nothing else",
  "model input": "Framed as the model knows it",
};

/** Is shown the result of a stage; must not change it. */
export type Watch = (name: StageName, plane: Plane) => void;

/** The result of a stage as a grey picture. */
export interface Stage {
  readonly name: StageName;
  readonly width: number;
  readonly height: number;
  /** `[height, width]`: what is flattened around 128, the rest as it is. */
  readonly pixels: Uint8Array;
}

/** Collects the stages as pictures. */
export function collectStages(): { readonly stages: readonly Stage[]; readonly watch: Watch } {
  const stages: Stage[] = [];
  const watch: Watch = (name, { width, height, data }) => {
    const raise = name === "flattened" ? 128 : 0;
    const pixels = new Uint8Array(data.length);
    for (let at = 0; at < data.length; at++) {
      pixels[at] = Math.min(255, Math.max(0, Math.round(data[at] + raise)));
    }
    stages.push({ name, width, height, pixels });
  };
  return { stages, watch };
}
