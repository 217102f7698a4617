import type { Picture, Scene } from "../data/index.js";
import { loadPicture } from "./load-picture.js";

/** The picture that a scene becomes when it is saved in a file, PNG or JPEG, and opened again. */
export async function scenePicture(scene: Scene): Promise<Picture> {
  return loadPicture(await encodeScene(scene), `scene ${scene.kind}`);
}

/** The file a scene is kept in: JPEG where it has a quality, PNG otherwise. */
export async function encodeScene({
  width,
  height,
  channels,
  pixels,
  jpegQuality,
}: Scene): Promise<Uint8Array> {
  const { default: sharp } = await import("sharp");
  const picture = sharp(pixels, { raw: { width, height, channels } });
  return jpegQuality === undefined
    ? picture.png().toBuffer()
    : picture.jpeg({ quality: jpegQuality }).toBuffer();
}
