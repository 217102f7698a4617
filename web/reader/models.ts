/** A model to read with: its file, or where to fetch it. */
export interface ModelSource {
  /** No other model has it. */
  readonly name: string;
  readonly from: string | Blob;
  /** The bundled model that it was taught from, if it was. */
  readonly taughtFrom?: ModelSource;
}

/** Which of the bundled models comes first; others follow in the order of their names. */
const FIRST = ["digits", "letters", "characters"];

const addresses = import.meta.glob<string>("../../models/*.inkling", {
  query: "?url",
  import: "default",
  eager: true,
});

/** The models that were there when the page was built. */
export const bundledModels: readonly ModelSource[] = Object.entries(addresses)
  .map(([path, from]) => ({ name: path.replace(/^.*\/|\.inkling$/g, ""), from }))
  .sort((a, b) => rankOf(a) - rankOf(b) || (a.name < b.name ? -1 : 1));

function rankOf({ name }: ModelSource): number {
  const rank = FIRST.indexOf(name);
  return rank < 0 ? FIRST.length : rank;
}
