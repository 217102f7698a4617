import { BoundedReader } from "../../src/base/index.js";

/** What the header of a picture's file declares. */
export interface DeclaredPicture {
  readonly format: "PNG" | "JPEG" | "WebP";
  /** In pixels, before the picture is turned upright. */
  readonly width: number;
  readonly height: number;
}

/**
 * The size that a PNG (ISO/IEC 15948), JPEG (ISO/IEC 10918-1) or WebP (RFC 9649) file declares, by its
 * first bytes; no pixel is decoded. `undefined` for other formats.
 *
 * @throws {FormatError} where the file ends before it tells its size
 */
export function declaredSize(bytes: Uint8Array, name: string): DeclaredPicture | undefined {
  const reader = new BoundedReader(bytes, name);
  if (begins(bytes, "\x89PNG\r\n\x1a\n")) return pngSize(reader);
  if (begins(bytes, "\xff\xd8\xff")) return jpegSize(reader);
  if (begins(bytes, "RIFF") && begins(bytes, "WEBP", 8)) return webpSize(reader);
  return undefined;
}

function begins(bytes: Uint8Array, text: string, at = 0): boolean {
  return [...text].every((character, i) => bytes[at + i] === character.charCodeAt(0));
}

/** Signature, then the header's chunk: its length and type, width and height. */
function pngSize(reader: BoundedReader): DeclaredPicture {
  reader.take(16, "the PNG header");
  return {
    format: "PNG",
    width: reader.u32BigEndian("the width"),
    height: reader.u32BigEndian("the height"),
  };
}

/** Goes from segment to segment up to the first that begins a frame. */
function jpegSize(reader: BoundedReader): DeclaredPicture {
  reader.take(2, "the JPEG header");
  for (;;) {
    let marker = reader.u8("a marker");
    // Any number of FF may stand before a marker.
    while (marker === 0xff) marker = reader.u8("a marker");
    const length = u16(reader.take(2, "a segment"));
    if (beginsFrame(marker)) {
      reader.take(1, "the depth");
      const height = u16(reader.take(2, "the height"));
      return { format: "JPEG", width: u16(reader.take(2, "the width")), height };
    }
    reader.take(length - 2, "a segment");
  }
}

/** SOF0 to SOF15, without the tables that lie between them. */
function beginsFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function u16([high = 0, low = 0]: Uint8Array): number {
  return (high << 8) | low;
}

/** The first chunk tells: `VP8X` the canvas of everything that follows, `VP8L` lossless, `VP8 ` lossy. */
function webpSize(reader: BoundedReader): DeclaredPicture {
  reader.take(12, "the WebP header");
  const kind = String.fromCharCode(...reader.take(4, "the first chunk"));
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = sizeBytes(kind, reader);
  const format = "WebP";
  if (kind === "VP8X") {
    return {
      format,
      width: 1 + (a | (b << 8) | (c << 16)),
      height: 1 + (d | (e << 8) | (f << 16)),
    };
  }
  if (kind === "VP8L") {
    return {
      format,
      width: 1 + (a | ((b & 0x3f) << 8)),
      height: 1 + ((b >> 6) | (c << 2) | ((d & 0x0f) << 10)),
    };
  }
  return { format, width: a | ((b & 0x3f) << 8), height: c | ((d & 0x3f) << 8) };
}

/** The bytes that hold width and height, behind the chunk's length and what goes before them. */
function sizeBytes(kind: string, reader: BoundedReader): Uint8Array {
  const before = { VP8X: 8, VP8L: 5, "VP8 ": 10 }[kind];
  if (before === undefined) reader.fail(`the first chunk must be VP8, VP8L or VP8X, got "${kind}"`);
  reader.take(before, "the first chunk");
  return reader.take(kind === "VP8X" ? 6 : 4, "the size");
}
