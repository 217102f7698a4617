import { Random } from "../src/base/index.js";
import {
  drawScene,
  type Scene,
  type StrokeGlyph,
  sceneKinds,
  syntheticGlyph,
} from "../src/data/index.js";
import { scenePicture } from "../src/node/index.js";
import type { Reader } from "../src/read/index.js";

/** A scene that was read wrongly. */
export interface WrongScene {
  readonly index: number;
  readonly kind: string;
  readonly label: string;
  readonly read: string | null;
}

/**
 * Scenes of digits, kinds in turn: every other round written by the writers of `digits`, where
 * there are any, the rest by a generator.
 */
export function* digitScenes(count: number, digits: readonly StrokeGlyph[] = []): Generator<Scene> {
  for (let index = 0; index < count; index++) {
    const random = new Random(1).fork(`scene ${index}`);
    const kind = sceneKinds[index % sceneKinds.length];
    const isWritten = Math.floor(index / sceneKinds.length) % 2 === 0 && digits.length > 0;
    const glyph = isWritten
      ? digits[random.integer(digits.length)]
      : syntheticGlyph(String(random.integer(10)), random);
    yield drawScene(glyph, { random, kind });
  }
}

/** Reads every scene as the file it would be kept in. Returns those read wrongly. */
export async function readScenes(scenes: Iterable<Scene>, reader: Reader): Promise<WrongScene[]> {
  const wrong: WrongScene[] = [];
  let index = 0;
  for (const scene of scenes) {
    const [{ label }] = reader.read([await scenePicture(scene)]);
    if (label !== scene.label) {
      wrong.push({ index, kind: scene.kind, label: scene.label, read: label });
    }
    index += 1;
  }
  return wrong;
}
