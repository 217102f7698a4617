import { fuse, type Group, readsOf } from "./fusion.js";
import { type Graph, type Node, ownerOf } from "./graph.js";
import { MemoryLayout } from "./memory-layout.js";
import type { Attributes, Operation } from "./operation.js";
import { type DType, type Shape, sizeOf } from "./shape.js";

/** A stretch of the plan's memory that holds one array. */
export interface Slot {
  /** First word (4 bytes in WebAssembly, one float64 in the reference backend); a multiple of 16. */
  readonly offset: number;
  /** Number of elements. */
  readonly size: number;
  readonly shape: Shape;
  readonly dtype: DType;
}

/** An elementwise operation applied to the result of a step before it is final. */
export interface Epilogue {
  readonly operation: Operation;
  readonly attributes: Attributes;
  /** The inputs of the operation; `undefined` where the value being worked on goes. */
  readonly operands: readonly (Slot | undefined)[];
}

/** One kernel call. */
export interface Step {
  readonly label: string;
  readonly operation: Operation;
  readonly attributes: Attributes;
  readonly inputs: readonly Slot[];
  readonly output: Slot;
  /** Applied in order to each element of the operation's result. */
  readonly epilogue: readonly Epilogue[];
  /**
   * An optimizer's step by the result, which nobody else reads: a backend may leave `output` unwritten.
   */
  readonly update?: Epilogue;
}

/**
 * A computation with everything decided: which kernels run in which order, and where in one block
 * of memory each array lies. What a backend turns into code.
 */
export interface Plan {
  readonly steps: readonly Step[];
  /** Size of the memory in words. */
  readonly words: number;
  readonly inputs: ReadonlyMap<string, Slot>;
  readonly states: ReadonlyMap<string, Slot>;
  readonly results: ReadonlyMap<string, Slot>;
}

/**
 * Lowers a graph to a plan: drops what nothing depends on, fuses elementwise operations into the
 * step before them, and lays out the memory once, letting arrays that never live together share it.
 */
export function lower(graph: Graph): Plan {
  const groups = fuse(graph).filter(({ first }) => !first.operation?.alias);
  const lastUse = lastUses(graph, groups);
  const layout = new MemoryLayout();
  /** Where each array lies, by the node that owns it. */
  const offsets = new Map<Node, number>();
  const offsetOf = (node: Node): number => offsets.get(ownerOf(node)) as number;
  const slotOf = (node: Node): Slot => {
    const { shape, dtype } = node;
    return { offset: offsetOf(node), size: sizeOf(shape), shape, dtype };
  };

  for (const node of graph.nodes) {
    if (node.kind !== "computed") offsets.set(node, layout.keep(wordsOf(node)));
  }
  const steps = groups.map((group, index) => {
    const { last } = group;
    const size = sizeOf(last.shape);
    const ending = new Set(
      readsOf(group)
        .map(ownerOf)
        .filter((it) => lastUse.get(it) === index),
    );
    const kept = lastUse.get(last) === Number.POSITIVE_INFINITY;
    const overwritten = kept ? undefined : [...ending].find((it) => canOverwrite(group, it));
    if (overwritten !== undefined) offsets.set(last, offsetOf(overwritten));
    else offsets.set(last, kept ? layout.keep(size) : layout.take(size));

    for (const owner of ending) if (owner !== overwritten) layout.release(offsetOf(owner));
    if (lastUse.get(last) === index) layout.release(offsetOf(last));
    return stepOf(group, slotOf);
  });

  const results = [...graph.results].map(([name, node]) => [name, slotOf(node)] as const);
  return {
    steps,
    words: layout.words,
    inputs: leaves(graph, "input", slotOf),
    states: leaves(graph, "state", slotOf),
    results: new Map(results),
  };
}

function stepOf({ first, followers, update, last }: Group, slotOf: (node: Node) => Slot): Step {
  const epilogueOf = ({ operation, attributes, inputs }: Node, valueIndex: number): Epilogue => ({
    operation: operation as Operation,
    attributes,
    operands: inputs.map((input, i) => (i === valueIndex ? undefined : slotOf(input))),
  });
  return {
    label: last.label,
    operation: first.operation as Operation,
    attributes: first.attributes,
    inputs: first.inputs.map(slotOf),
    output: slotOf(last),
    epilogue: followers.map(({ node, valueIndex }) => epilogueOf(node, valueIndex)),
    ...(update && { update: epilogueOf(update, update.operation?.updatesFrom as number) }),
  };
}

/**
 * Whether a step may write its result over the array of `owner`, which nobody reads after it: where
 * it begins elementwise, and has read the array before the first follower is applied.
 */
function canOverwrite({ first, followers, last }: Group, owner: Node): boolean {
  return (
    first.operation?.elementwise !== undefined &&
    sizeOf(owner.shape) === sizeOf(last.shape) &&
    !followers.some(({ node }) => node.inputs.some((input) => ownerOf(input) === owner))
  );
}

/** For each computed array, the index of the last step that touches it; infinite for results. */
function lastUses(graph: Graph, groups: readonly Group[]): Map<Node, number> {
  const lastUse = new Map<Node, number>();
  const use = (node: Node, index: number): void => {
    const owner = ownerOf(node);
    if (owner.kind === "computed") lastUse.set(owner, index);
  };
  groups.forEach((group, index) => {
    for (const node of [...readsOf(group), group.last]) use(node, index);
  });
  for (const node of graph.results.values()) use(node, Number.POSITIVE_INFINITY);
  return lastUse;
}

/** Words that an array takes; of bytes four a word. */
function wordsOf({ shape, dtype }: Node): number {
  return dtype === "u8" ? Math.ceil(sizeOf(shape) / 4) : sizeOf(shape);
}

/** The slots of the leaves of one kind, by name. */
function leaves(
  graph: Graph,
  kind: "input" | "state",
  slotOf: (node: Node) => Slot,
): Map<string, Slot> {
  const slots = new Map<string, Slot>();
  for (const node of graph.nodes) {
    if (node.kind !== kind) continue;
    if (slots.has(node.label)) {
      throw new TypeError(`graph: names of ${kind}s must differ, got ${node.label} twice`);
    }
    slots.set(node.label, slotOf(node));
  }
  return slots;
}
