import { crc32, deflateRawSync } from "node:zlib";

export interface ZipContent {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Whether it goes in as it is; packed by DEFLATE otherwise. */
  readonly stored?: boolean;
}

/** The bytes of a zip archive, for tests to read. */
export function zipFile(contents: readonly ZipContent[], comment = ""): Uint8Array {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, stored = false } of contents) {
    const packed = stored ? bytes : deflateRawSync(bytes);
    // Version, flags, method, time, date, checksum, both sizes, length of the name, of the extra.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(stored ? 0 : 8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, Buffer.from(name), packed]);
    // Comment length, disk, attributes and offset follow.
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    const entry = [Buffer.from("PK\x01\x02\x14\x00"), common, rest, Buffer.from(name)];
    locals.push(local);
    entries.push(Buffer.concat(entry));
    offset += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(contents.length, 4);
  end.writeUInt16LE(contents.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  end.writeUInt16LE(comment.length, 16);
  const last = [Buffer.from("PK\x05\x06"), end, Buffer.from(comment)];
  return Uint8Array.from(Buffer.concat([...locals, directory, ...last]));
}
