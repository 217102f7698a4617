/** A character of one's own hand, and what it is. */
export interface Example {
  readonly label: string;
  /** As the model sees it, `[height, width]`. */
  readonly pixels: Uint8Array;
  /** The bundled model that it was framed for. */
  readonly model: string;
}

/** Characters to learn from, label by label in the order they came. */
export function byLabel(examples: readonly Example[]): Map<string, Example[]> {
  const groups = new Map<string, Example[]>();
  for (const example of examples) {
    groups.set(example.label, [...(groups.get(example.label) ?? []), example]);
  }
  return groups;
}

/** Characters there must be of a label: one to learn from, one to be held out. */
const FEWEST = 2;

/** What is still needed before there is something to learn, in words; nothing if that is all. */
export function whatIsMissing(examples: readonly Example[]): string | undefined {
  const groups = [...byLabel(examples)];
  const rare = groups.filter(([, { length }]) => length < FEWEST).map(([label]) => label);
  if (rare.length > 0) return `One more of ${rare.join(" ")} is needed`;
  if (groups.length < 2) return `Two different characters are needed, ${FEWEST} of each`;
  return undefined;
}
