import type { FileMetaData } from "hyparquet";
import { BoundedReader, FormatError } from "../../base/index.js";
import type { ByteSource } from "../zip.js";
import { readThrift } from "./thrift.js";

/** Most bytes of the description at the end of a file; that of MNIST has a few thousand. */
const MAX_FOOTER = 2 ** 23;
const MAX_DEPTH = 16;
const MAX_ROWS = 2 ** 26;
const MARK = "PAR1";

/** A column of plain values: where it hangs in the tree of columns, and how deep. */
export interface Leaf {
  /** Names from the top: `["image", "bytes"]`. */
  readonly path: readonly string[];
  readonly type: string;
  /** Bytes of a value of the type FIXED_LEN_BYTE_ARRAY. */
  readonly typeLength: number;
  /** How many of the steps to it may be absent; that many are there where a value is. */
  readonly maxDefinition: number;
  /** How many of the steps to it are lists. */
  readonly maxRepetition: number;
}

/** The part of a column that one group of rows has. */
export interface Chunk {
  readonly offset: number;
  readonly bytes: number;
  readonly codec: string;
}

export interface RowGroup {
  readonly rows: number;
  /** In the order of the leaves. */
  readonly chunks: readonly Chunk[];
}

export interface ParquetDescription {
  readonly rows: number;
  readonly leaves: readonly Leaf[];
  readonly groups: readonly RowGroup[];
  /** What the writer added, by key: Hugging Face's the names of classes. */
  readonly notes: ReadonlyMap<string, string>;
}

/**
 * Reads the description at the end of a Parquet file: `PAR1`, groups of rows, description, its length
 * (u32), `PAR1`.
 *
 * The bytes are first walked through within bounds, then given to hyparquet; what it finds there is
 * held against the size of the file before any column is read.
 *
 * Source: Apache Parquet, "File Format" and `parquet.thrift`.
 */
export async function readDescription(source: ByteSource): Promise<ParquetDescription> {
  const fail = (problem: string): never => {
    throw new FormatError(source.name, problem);
  };
  if (source.size < 12) fail(`a Parquet file must have at least 12 bytes, got ${source.size}`);
  const end = new BoundedReader(await source.read(source.size - 8, 8), source.name);
  const length = end.take(4, "the length").reduceRight((sum, byte) => sum * 256 + byte, 0);
  const mark = String.fromCharCode(...end.take(4, "the mark"));
  if (mark !== MARK) {
    fail(
      `a Parquet file must end with ${MARK}, got ${JSON.stringify(mark)}; is it one, and not cut short?`,
    );
  }
  end.bounded(length, Math.min(MAX_FOOTER, source.size - 12), "the length of the description");
  const footer = await source.read(source.size - 8 - length, length + 8);
  readThrift(new BoundedReader(footer.subarray(0, length), source.name), "the description");
  // Loaded by those alone who have such a file.
  const { parquetMetadata } = await import("hyparquet");
  try {
    return describe(parquetMetadata(footer, { geoparquet: false }), source, fail);
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FormatError(source.name, `must have a whole description, got damage: ${reason}`, {
      cause,
    });
  }
}

function describe(
  metadata: FileMetaData,
  source: ByteSource,
  fail: (problem: string) => never,
): ParquetDescription {
  const leaves = leavesOf(metadata.schema, fail);
  const groups = metadata.row_groups.map((group, index) =>
    groupOf(group, { index, leaves, source, fail }),
  );
  const rows = groups.reduce((sum, group) => sum + group.rows, 0);
  if (rows !== Number(metadata.num_rows) || rows > MAX_ROWS) {
    fail(
      `must have at most ${MAX_ROWS} rows, as many as its groups together, ${rows}, got ${metadata.num_rows}`,
    );
  }
  const notes = new Map(
    (metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value ?? ""] as const),
  );
  return { rows, leaves, groups, notes };
}

/** Walks the schema, a tree written parent before children. */
function leavesOf(schema: FileMetaData["schema"], fail: (problem: string) => never): Leaf[] {
  const leaves: Leaf[] = [];
  let at = 0;
  const walk = (above: Omit<Leaf, "type" | "typeLength">, depth: number): void => {
    const element = schema[at++] ?? fail("its columns must be a whole tree, got one cut short");
    const isRoot = depth === 0;
    const repetition = isRoot ? "REQUIRED" : element.repetition_type;
    const here = {
      path: isRoot ? [] : [...above.path, String(element.name)],
      maxDefinition: above.maxDefinition + (repetition === "REQUIRED" ? 0 : 1),
      maxRepetition: above.maxRepetition + (repetition === "REPEATED" ? 1 : 0),
    };
    if (depth > MAX_DEPTH) fail(`its columns must be at most ${MAX_DEPTH} deep, got more`);
    if (isRoot || element.type === undefined) {
      for (let child = 0; child < (element.num_children ?? 0); child++) walk(here, depth + 1);
    } else {
      leaves.push({ ...here, type: element.type, typeLength: element.type_length ?? 0 });
    }
  };
  walk({ path: [], maxDefinition: 0, maxRepetition: 0 }, 0);
  return leaves;
}

function groupOf(
  group: FileMetaData["row_groups"][number],
  {
    index,
    leaves,
    source,
    fail,
  }: {
    index: number;
    leaves: readonly Leaf[];
    source: ByteSource;
    fail: (problem: string) => never;
  },
): RowGroup {
  if (group.columns.length !== leaves.length) {
    fail(`row group ${index} must have ${leaves.length} columns, got ${group.columns.length}`);
  }
  const rows = Number(group.num_rows);
  if (!(Number.isInteger(rows) && rows >= 0))
    fail(`row group ${index} must have rows, got ${rows}`);
  const chunks = group.columns.map((column, leaf): Chunk => {
    const what = `row group ${index}, column ${leaves[leaf].path.join(".")}`;
    const meta = column.meta_data ?? fail(`${what}: must be described, got no description`);
    if (column.file_path) fail(`${what}: must lie in this file, got another, ${column.file_path}`);
    const offset = Number(meta.dictionary_page_offset || meta.data_page_offset);
    const bytes = Number(meta.total_compressed_size);
    if (!(offset >= 4 && bytes >= 0 && offset + bytes <= source.size)) {
      fail(`${what}: must lie in the file of ${source.size} bytes, got ${bytes} at ${offset}`);
    }
    return { offset, bytes, codec: String(meta.codec) };
  });
  return { rows, chunks };
}
