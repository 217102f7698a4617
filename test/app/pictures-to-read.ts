import sharp, { type Sharp } from "sharp";
import { Random } from "../../src/base/index.js";
import { drawScene, type Scene, sceneKinds, syntheticGlyph } from "../../src/data/index.js";
import { encodeScene } from "../../src/node/index.js";

/** A file to give to the page and to the command line. */
export interface PictureFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A digit on ruled paper, in a coloured pen, as its pixels. */
const scene = sceneOf("coloured", 5);
const pixels = () => sharp(scene.pixels, { raw: scene });

function sceneOf(kind: Scene["kind"], seed: number): Scene {
  const random = new Random(seed);
  return drawScene(syntheticGlyph(String(random.integer(10)), random), { random, kind });
}

/** A scene of every kind, in the file it is kept in: PNG, one of them JPEG. */
export async function sceneFiles(): Promise<PictureFile[]> {
  return Promise.all(
    sceneKinds.map(async (kind, i) => {
      const bytes = await encodeScene(sceneOf(kind, 40 + i));
      return { name: `${kind}.${kind === "jpeg" ? "jpg" : "png"}`, bytes };
    }),
  );
}

/** The ways in which a PNG may keep its pixels. */
export async function pngFiles(): Promise<PictureFile[]> {
  const grey = pixels().greyscale();
  return files({
    "interlaced.png": pixels().png({ progressive: true }),
    "palette.png": pixels().png({ palette: true, colours: 16 }),
    "grey.png": grey.clone().toColourspace("b-w").png(),
    "grey-of-16-bits.png": sixteenBits(1).toColourspace("grey16").png(),
    "colours-of-16-bits.png": sixteenBits(3).toColourspace("rgb16").png(),
    "profile.png": pixels().withIccProfile("p3").png(),
    "upside-down.png": pixels().png().withMetadata({ orientation: 3 }),
    "see-through.png": seeThrough().png(),
    "see-through-palette.png": seeThrough().png({ palette: true }),
    "tiny.png": pixels().resize(14, 14).png(),
    "as-in-mnist.png": grey.clone().negate().resize(28, 28).toColourspace("b-w").png(),
    "blank.png": pixels().resize(1, 1).resize(60, 40).png(),
    "several.png": (await severalDigits()).png(),
  });
}

/** The ways in which a JPEG may. */
export async function jpegFiles(): Promise<PictureFile[]> {
  const turned = [1, 2, 3, 4, 5, 6, 7, 8].map(
    (orientation) =>
      [
        `orientation-${orientation}.jpg`,
        pixels().jpeg({ quality: 80 }).withMetadata({ orientation }),
      ] as const,
  );
  return files({
    ...Object.fromEntries(turned),
    "coarse.jpg": pixels().jpeg({ quality: 30 }),
    "fine.jpg": pixels().jpeg({ quality: 98, chromaSubsampling: "4:4:4" }),
    "progressive.jpg": pixels().jpeg({ quality: 70, progressive: true }),
    "small.jpg": pixels().jpeg({ quality: 70, mozjpeg: true }),
    "grey.jpg": pixels().toColourspace("b-w").jpeg(),
    "profile.jpg": pixels().withIccProfile("p3").jpeg({ quality: 90 }),
    "several.jpg": (await severalDigits()).jpeg(),
  });
}

export function webpFiles(): Promise<PictureFile[]> {
  return files({
    "lossy.webp": pixels().webp({ quality: 60 }),
    "lossless.webp": pixels().webp({ lossless: true }),
    "see-through.webp": seeThrough().webp({ lossless: true }),
  });
}

/** Digits in rows on one sheet, 160 × 220 pixels each. */
export async function severalDigits(rows = ["471", "205"]): Promise<Sharp> {
  const lines = rows.flatMap((row, y) =>
    [...row].flatMap((digit, x) => {
      const { strokes } = syntheticGlyph(digit, new Random(7).fork(`${y} ${x}`));
      const [xs, ys] = [0, 1].map((axis) => strokes.flat().filter((_, i) => i % 2 === axis));
      const scale = 140 / (Math.max(...ys) - Math.min(...ys));
      const left = 160 * x + 80 - (scale * (Math.max(...xs) + Math.min(...xs))) / 2;
      const top = 220 * y + 40 - scale * Math.min(...ys);
      return strokes.map((stroke) => {
        const points = stroke.map((value, i) => scale * value + (i % 2 === 0 ? left : top));
        return `<polyline points="${points.join(" ")}"/>`;
      });
    }),
  );
  const [width, height] = [160 * Math.max(...rows.map(({ length }) => length)), 220 * rows.length];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="${width}" height="${height}" fill="white"/>
    <g fill="none" stroke="#223" stroke-width="11" stroke-linecap="round" stroke-linejoin="round">
    ${lines.join("")}</g></svg>`;
  return sharp(Buffer.from(svg));
}

/** Ink of many strengths on nothing. */
function seeThrough(): Sharp {
  const { width, height } = scene;
  const random = new Random(9);
  const data = new Uint8Array(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    const [red, green, blue] = scene.pixels.subarray(3 * i, 3 * i + 3);
    const alpha = Math.max(0, 255 - Math.min(red, green, blue) - random.integer(20));
    data.set([red, green, blue, alpha], 4 * i);
  }
  return sharp(data, { raw: { width, height, channels: 4 } });
}

/** The scene with lower bytes that are not those of its upper ones. */
function sixteenBits(channels: 1 | 3): Sharp {
  const { width, height } = scene;
  const random = new Random(9);
  const values = new Uint16Array(channels * width * height);
  values.forEach((_, i) => {
    values[i] = 256 * scene.pixels[(3 / channels) * i] + random.integer(256);
  });
  return sharp(values, { raw: { width, height, channels } });
}

async function files(pictures: Readonly<Record<string, Sharp>>): Promise<PictureFile[]> {
  return Promise.all(
    Object.entries(pictures).map(async ([name, picture]) => ({
      name,
      bytes: await picture.toBuffer(),
    })),
  );
}
