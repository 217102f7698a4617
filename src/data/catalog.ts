import type { ImageFraming } from "./image-set.js";

/** A pair of IDX files by their usual names. */
export interface IdxPair {
  readonly images: string;
  readonly labels: string;
}

/** A public file, and the proof that a copy of it is whole and unchanged. */
export interface PublicFile {
  readonly name: string;
  /** Tried in order. */
  readonly urls: readonly string[];
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * How the files of a set can be had when no folder holds them: one by one, as members of a zip
 * archive below the folder `prefix`, or cut from a sheet of equal cells.
 */
export type Origin =
  | { readonly type: "files"; readonly files: readonly PublicFile[] }
  | { readonly type: "zip"; readonly archive: PublicFile; readonly prefix: string }
  | { readonly type: "sheet"; readonly sheet: PublicFile; readonly layout: SheetLayout };

/** What has to be fetched. */
export function publicFilesOf(origin: Origin): readonly PublicFile[] {
  switch (origin.type) {
    case "files":
      return origin.files;
    case "zip":
      return [origin.archive];
    case "sheet":
      return [origin.sheet];
  }
}

/** A sheet whose rows of cells hold one class after the other, equally many each. */
export interface SheetLayout {
  readonly rows: number;
  readonly columns: number;
  /** Width and height of a cell. */
  readonly cellPx: number;
}

/** The IDX files of a data set and what they mean. */
export interface IdxSet {
  readonly name: string;
  /** The folder its files lie in, below a data folder or the cache. */
  readonly folder: string;
  /** All there is, if `test` is absent. */
  readonly train: IdxPair;
  readonly test?: IdxPair;
  /** If absent, the classes are called after the labels: `0`, `1`, `2` … */
  readonly classes?: readonly string[];
  /** The label in the files that means the first class; 0 if absent. */
  readonly firstLabel?: number;
  /** Whether the files hold every image with rows and columns exchanged. */
  readonly transposed?: boolean;
  /** `mnist` if absent: IDX is the format of MNIST and its kin. */
  readonly framing?: ImageFraming;
  /** The sheet the images come from in reading order: its left half trains, its right half tests. */
  readonly layout?: SheetLayout;
}

/** What is known of a named data set. Plain data, no I/O. */
export interface CatalogEntry extends IdxSet {
  readonly summary: string;
  readonly classes: readonly string[];
  /** The file, packed by gzip, that tells who wrote each training image; see `parseWriters`. */
  readonly writers?: string;
  /** Absent where the set is not fetched: its files must be in a data folder. */
  readonly origin?: Origin;
  readonly licence: string;
}

const DIGITS = [..."0123456789"];
const CAPITALS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const SMALL_LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];
/** EMNIST merges the small letters that look like their capitals. */
const BALANCED = [...DIGITS, ...CAPITALS, ..."abdefghnqrt"];
const BY_CLASS = [...DIGITS, ...CAPITALS, ...SMALL_LETTERS];

const mnistParts = {
  train: { images: "train-images-idx3-ubyte.gz", labels: "train-labels-idx1-ubyte.gz" },
  test: { images: "t10k-images-idx3-ubyte.gz", labels: "t10k-labels-idx1-ubyte.gz" },
};

/** `[name, bytes, sha256]` of files that every mirror keeps side by side. */
function mirrored(
  mirrors: readonly string[],
  files: readonly (readonly [name: string, bytes: number, sha256: string])[],
): Origin {
  return {
    type: "files",
    files: files.map(([name, bytes, sha256]) => ({
      name,
      urls: mirrors.map((mirror) => mirror + name),
      bytes,
      sha256,
    })),
  };
}

const mnist: CatalogEntry = {
  name: "mnist",
  summary: "handwritten digits, 60,000 + 10,000, 28×28",
  folder: "mnist",
  ...mnistParts,
  classes: DIGITS,
  origin: mirrored(
    [
      "https://storage.googleapis.com/cvdf-datasets/mnist/",
      "https://ossci-datasets.s3.amazonaws.com/mnist/",
    ],
    [
      [
        "train-images-idx3-ubyte.gz",
        9_912_422,
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
      ],
      [
        "train-labels-idx1-ubyte.gz",
        28_881,
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
      ],
      [
        "t10k-images-idx3-ubyte.gz",
        1_648_877,
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
      ],
      [
        "t10k-labels-idx1-ubyte.gz",
        4_542,
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
      ],
    ],
  ),
  licence: "CC BY-SA 3.0 as usually stated; Y. LeCun, C. Cortes",
};

/** Sizes and checksums as TensorFlow Datasets publishes them (url_checksums/fashion_mnist.txt). */
const fashionMnist: CatalogEntry = {
  name: "fashion-mnist",
  summary: "articles of clothing, 60,000 + 10,000, 28×28",
  folder: "fashion-mnist",
  ...mnistParts,
  classes: [
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
  ],
  framing: "none",
  origin: mirrored(
    [
      "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
      "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
    ],
    [
      [
        "train-images-idx3-ubyte.gz",
        26_421_880,
        "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
      ],
      [
        "train-labels-idx1-ubyte.gz",
        29_515,
        "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
      ],
      [
        "t10k-images-idx3-ubyte.gz",
        4_422_102,
        "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
      ],
      [
        "t10k-labels-idx1-ubyte.gz",
        5_148,
        "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
      ],
    ],
  ),
  licence: "MIT; Zalando SE",
};

/** One archive for all; size and checksum as TensorFlow Datasets publishes them (emnist.txt). */
const emnistOrigin: Origin = {
  type: "zip",
  archive: {
    name: "gzip.zip",
    urls: [
      "https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip",
      "https://www.itl.nist.gov/iaui/vip/cs_links/EMNIST/gzip.zip",
    ],
    bytes: 561_753_746,
    sha256: "fb9bb67e33772a9cc0b895e4ecf36d2cf35be8b709693c3564cea2a019fcda8e",
  },
  prefix: "gzip/",
};

function emnist(
  part: string,
  summary: string,
  meaning: Pick<CatalogEntry, "classes" | "firstLabel">,
): CatalogEntry {
  const files = (half: string): IdxPair => ({
    images: `emnist-${part}-${half}-images-idx3-ubyte.gz`,
    labels: `emnist-${part}-${half}-labels-idx1-ubyte.gz`,
  });
  return {
    name: `emnist-${part}`,
    summary,
    folder: "emnist",
    train: files("train"),
    test: files("test"),
    ...meaning,
    framing: "emnist",
    transposed: true,
    origin: emnistOrigin,
    licence: "public domain (NIST); G. Cohen, S. Afshar, J. Tapson, A. van Schaik 2017",
  };
}

const unipen: CatalogEntry = {
  name: "unipen",
  summary: "pen-written digits and letters, 87,414 + 11,243, 28×28, 62 classes",
  folder: "unipen",
  train: {
    images: "unipen-train-images-idx3-ubyte.gz",
    labels: "unipen-train-labels-idx1-ubyte.gz",
  },
  test: {
    images: "unipen-test-images-idx3-ubyte.gz",
    labels: "unipen-test-labels-idx1-ubyte.gz",
  },
  classes: BY_CLASS,
  writers: "unipen-train-strokes.ndjson.gz",
  licence: "CC BY 4.0; International Unipen Foundation",
};

const digitsSheet: SheetLayout = { rows: 50, columns: 100, cellPx: 20 };

/** Has no official split; halving the sheet is the customary one. */
const digits20x20: CatalogEntry = {
  name: "digits-20x20",
  summary: "handwritten digits, 2,500 + 2,500, 20×20",
  folder: "digits-20x20",
  train: {
    images: "digits-20x20-images-idx3-ubyte.gz",
    labels: "digits-20x20-labels-idx1-ubyte.gz",
  },
  classes: DIGITS,
  layout: digitsSheet,
  origin: {
    type: "sheet",
    sheet: {
      name: "digits.png",
      urls: [
        "https://raw.githubusercontent.com/opencv/opencv/4.x/samples/data/digits.png",
        "https://github.com/opencv/opencv/raw/4.x/samples/data/digits.png",
      ],
      bytes: 629_743,
      sha256: "96160f06ae5f733ff301851fb4f31b47c9d6c4aba2a5d922be24e2244d941c5f",
    },
    layout: digitsSheet,
  },
  licence: "Apache 2.0; OpenCV",
};

/** The named data sets, in the order in which they are listed. */
export const dataSetCatalog: readonly CatalogEntry[] = [
  mnist,
  fashionMnist,
  emnist("letters", "letters, both cases merged, 124,800 + 20,800, 28×28", {
    classes: SMALL_LETTERS,
    firstLabel: 1,
  }),
  emnist("balanced", "digits and letters, 112,800 + 18,800, 28×28, 47 classes", {
    classes: BALANCED,
  }),
  emnist("digits", "handwritten digits, 240,000 + 40,000, 28×28", { classes: DIGITS }),
  emnist("byclass", "digits and letters, 697,932 + 116,323, 28×28, 62 classes", {
    classes: BY_CLASS,
  }),
  unipen,
  digits20x20,
];
