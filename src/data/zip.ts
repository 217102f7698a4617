import { FormatError } from "../base/index.js";
import { crc32 } from "./crc32.js";
import { inflate, type UnpackOptions } from "./inflate.js";

/** Bytes that can be read anywhere without holding them all: an open file, a part of a page. */
export interface ByteSource {
  /** What to call the bytes in errors. */
  readonly name: string;
  readonly size: number;
  /** Reads `length` bytes from `offset`; both lie inside. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Bytes in memory as a source. */
export function byteSource(bytes: Uint8Array, name: string): ByteSource {
  return {
    name,
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
  };
}

/** A file in a zip archive, as the archive's directory describes it. */
export interface ZipMember {
  readonly name: string;
  /** Size unpacked. */
  readonly bytes: number;
  readonly packedBytes: number;
  readonly method: number;
  readonly crc: number;
  /** Where its own header starts. */
  readonly offset: number;
}

const END = { signature: 0x06054b50, bytes: 22, maxComment: 0xffff };
const ENTRY = { signature: 0x02014b50, bytes: 46 };
const LOCAL = { signature: 0x04034b50, bytes: 30 };
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED_FLAG = 1;
const MAX_DIRECTORY = 2 ** 24;
/** Stands where a 64-bit size would be found elsewhere (zip64). */
const ELSEWHERE = 0xffffffff;

/**
 * Lists the files in a zip archive (PKWARE APPNOTE 6.3, sections 4.3.12 and 4.3.16).
 *
 * Archives of 4 GiB and more (zip64) and archives in several parts are refused.
 */
export async function readZipDirectory(source: ByteSource): Promise<ZipMember[]> {
  const tailBytes = Math.min(source.size, END.bytes + END.maxComment);
  const tail = viewOf(await readExactly(source, source.size - tailBytes, tailBytes));
  const end = findEnd(tail);
  if (end < 0) fail(source, "a zip archive must end with a directory, got none; is it cut short?");
  const count = tail.getUint16(end + 10, true);
  const size = tail.getUint32(end + 12, true);
  const offset = tail.getUint32(end + 16, true);
  if (size > MAX_DIRECTORY)
    fail(source, `its directory must have at most 16 MiB, got ${size} bytes`);
  const directory = viewOf(await readExactly(source, offset, size));
  const members: ZipMember[] = [];
  for (let at = 0; members.length < count; ) {
    if (at + ENTRY.bytes > size || directory.getUint32(at, true) !== ENTRY.signature) {
      fail(source, `its directory must have ${count} entries, got ${members.length}`);
    }
    const nameBytes = directory.getUint16(at + 28, true);
    const next =
      at +
      ENTRY.bytes +
      nameBytes +
      directory.getUint16(at + 30, true) +
      directory.getUint16(at + 32, true);
    if (next > size)
      fail(
        source,
        `entry ${members.length} must end within its directory, got ${next - size} bytes beyond`,
      );
    members.push(entryAt(directory, at, nameBytes, source));
    at = next;
  }
  return members;
}

/**
 * Unpacks one file of a zip archive and checks its CRC.
 *
 * @param options.limit - most bytes the file may have
 */
export async function readZipMember(
  source: ByteSource,
  member: ZipMember,
  { limit }: { readonly limit: number },
): Promise<Uint8Array> {
  const name = `${source.name}: ${member.name}`;
  if (member.bytes > limit) {
    throw new FormatError(name, `must unpack to at most ${limit} bytes, got ${member.bytes}`);
  }
  const header = viewOf(await readExactly(source, member.offset, LOCAL.bytes));
  if (header.getUint32(0, true) !== LOCAL.signature) {
    throw new FormatError(name, "must start with a local header, got other bytes");
  }
  const skipped = LOCAL.bytes + header.getUint16(26, true) + header.getUint16(28, true);
  const packed = await readExactly(source, member.offset + skipped, member.packedBytes);
  const bytes = await unpack(packed, member, { limit, source: name });
  if (crc32(bytes) !== member.crc) {
    throw new FormatError(name, `CRC must be ${hex(member.crc)}, got ${hex(crc32(bytes))}`);
  }
  return bytes;
}

async function unpack(
  packed: Uint8Array,
  { method, bytes }: ZipMember,
  options: UnpackOptions,
): Promise<Uint8Array> {
  const { source } = options;
  if (method === DEFLATED) {
    return inflate(packed, { ...options, format: "deflate-raw", size: bytes });
  }
  if (method !== STORED) {
    throw new FormatError(source, `must be stored (0) or deflated (8), got method ${method}`);
  }
  if (packed.length !== bytes) {
    throw new FormatError(source, `is stored and must have ${bytes} bytes, got ${packed.length}`);
  }
  return packed;
}

/** Position of the last end-of-directory record whose comment fits what follows; -1 if none. */
function findEnd(tail: DataView): number {
  for (let at = tail.byteLength - END.bytes; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END.signature) continue;
    if (at + END.bytes + tail.getUint16(at + 20, true) === tail.byteLength) return at;
  }
  return -1;
}

function entryAt(
  directory: DataView,
  at: number,
  nameBytes: number,
  source: ByteSource,
): ZipMember {
  const nameAt = directory.byteOffset + at + ENTRY.bytes;
  const name = new TextDecoder().decode(new Uint8Array(directory.buffer, nameAt, nameBytes));
  const member = {
    name,
    method: directory.getUint16(at + 10, true),
    crc: directory.getUint32(at + 16, true),
    packedBytes: directory.getUint32(at + 20, true),
    bytes: directory.getUint32(at + 24, true),
    offset: directory.getUint32(at + 42, true),
  };
  if (directory.getUint16(at + 8, true) & ENCRYPTED_FLAG) {
    fail(source, `${name} must be readable without a password, got an encrypted entry`);
  }
  if ([member.packedBytes, member.bytes, member.offset].includes(ELSEWHERE)) {
    fail(source, `${name} must be below 4 GiB, got a zip64 entry`);
  }
  return member;
}

async function readExactly(
  source: ByteSource,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  if (offset + length > source.size) {
    fail(source, `needs ${length} bytes at ${offset}, got a file of ${source.size}`);
  }
  const bytes = await source.read(offset, length);
  if (bytes.length !== length) {
    fail(source, `needs ${length} bytes at ${offset}, got ${bytes.length}`);
  }
  return bytes;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function hex(value: number): string {
  return value.toString(16).padStart(8, "0");
}

function fail(source: ByteSource, problem: string): never {
  throw new FormatError(source.name, problem);
}
