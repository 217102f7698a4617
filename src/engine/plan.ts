import type { Graph, Node } from "./graph.js";
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

interface Draft {
  /** The node whose value the step leaves behind. */
  node: Node;
  readonly producer: Node;
  readonly epilogue: { readonly node: Node; readonly valueIndex: number }[];
}

/**
 * Lowers a graph to a plan: drops what nothing depends on, fuses elementwise operations into the
 * step before them, and lays out the memory once, letting arrays that never live together share it.
 */
export function lower(graph: Graph): Plan {
  const drafts = fuse(graph);
  const layout = new MemoryLayout();
  const slots = new Map<number, Slot>();
  const rootOf = aliasRoots(graph);
  const place = (node: Node, offset: number): Slot => {
    const { shape, dtype } = node;
    const slot: Slot = { offset, size: sizeOf(shape), shape, dtype };
    slots.set(node.id, slot);
    return slot;
  };

  const named = { inputs: new Map<string, Slot>(), states: new Map<string, Slot>() };
  for (const node of graph.nodes) {
    if (node.kind === "computed") continue;
    const names = node.kind === "input" ? named.inputs : named.states;
    if (names.has(node.label)) throw new TypeError(`graph: two ${node.kind}s named ${node.label}`);
    names.set(node.label, place(node, layout.keep(sizeOf(node.shape))));
  }

  const lastUse = lastUses(graph, drafts, rootOf);
  const steps: Step[] = [];
  drafts.forEach((draft, index) => {
    const { producer, node } = draft;
    const reads = readsOf(draft);
    for (const read of reads) slotOf(read);
    if (producer.operation?.alias) return;
    const { elementwise } = producer.operation as Operation;
    const dying = (candidate: Node): boolean => lastUse.get(rootOf(candidate).id) === index;
    // An elementwise step may write over an input that nobody reads any more.
    const reused = elementwise
      ? producer.inputs.find(
          (input) =>
            input.kind === "computed" &&
            dying(input) &&
            sizeOf(input.shape) === sizeOf(node.shape) &&
            input.dtype === node.dtype,
        )
      : undefined;
    const persistent = lastUse.get(rootOf(node).id) === Number.POSITIVE_INFINITY;
    let offset: number;
    if (reused !== undefined && !persistent) {
      offset = slotOf(reused).offset;
      layout.rename(slotOf(reused).offset, sizeOf(node.shape));
    } else {
      offset = persistent ? layout.keep(sizeOf(node.shape)) : layout.take(sizeOf(node.shape));
    }
    const output = place(node, offset);
    steps.push({
      label: node.label,
      operation: producer.operation as Operation,
      attributes: producer.attributes,
      inputs: producer.inputs.map(slotOf),
      output,
      epilogue: draft.epilogue.map(({ node: fused, valueIndex }) => ({
        operation: fused.operation as Operation,
        attributes: fused.attributes,
        operands: fused.inputs.map((input, i) => (i === valueIndex ? undefined : slotOf(input))),
      })),
    });
    for (const root of new Set([...reads, node].map(rootOf))) {
      if (root.kind !== "computed" || lastUse.get(root.id) !== index) continue;
      if (reused !== undefined && !persistent && root === rootOf(reused)) continue;
      layout.release(slotOf(root).offset);
    }
  });

  const results = new Map<string, Slot>();
  for (const [name, node] of graph.results) results.set(name, slotOf(node));
  return { steps, words: layout.words, ...named, results };

  function slotOf(node: Node): Slot {
    const known = slots.get(node.id);
    if (known !== undefined) return known;
    // Only aliases are asked for before they are placed.
    return place(node, slotOf(node.inputs[0]).offset);
  }
}

/** Drafts of the steps in order of execution, elementwise operations joined to their producer. */
function fuse(graph: Graph): Draft[] {
  const live = liveNodes(graph);
  const consumers = new Map<number, number>();
  for (const node of graph.nodes) {
    if (!live.has(node.id)) continue;
    for (const input of node.inputs) consumers.set(input.id, (consumers.get(input.id) ?? 0) + 1);
  }
  const results = new Set([...graph.results.values()].map((node) => node.id));
  const drafts = new Map<number, Draft>();
  for (const node of graph.nodes) {
    const { operation } = node;
    if (operation === undefined || !live.has(node.id)) continue;
    let draft: Draft = { node, producer: node, epilogue: [] };
    if (operation.elementwise !== undefined) {
      const { broadcast = [] } = operation.elementwise;
      const valueIndex = node.inputs.findIndex(
        (input, index) =>
          !broadcast.includes(index) &&
          consumers.get(input.id) === 1 &&
          !results.has(input.id) &&
          drafts.get(input.id)?.producer.operation?.takesEpilogue === true,
      );
      if (valueIndex >= 0) {
        const producer = node.inputs[valueIndex];
        draft = drafts.get(producer.id) as Draft;
        // The joined step runs where its last operation stood: by then all its operands exist.
        drafts.delete(producer.id);
        draft.epilogue.push({ node, valueIndex });
        draft.node = node;
      }
    }
    drafts.set(node.id, draft);
  }
  return [...drafts.values()];
}

/** Ids of the nodes that a result or an update of state depends on. */
function liveNodes(graph: Graph): Set<number> {
  const live = new Set<number>();
  const visit = (node: Node): void => {
    if (live.has(node.id)) return;
    live.add(node.id);
    node.inputs.forEach(visit);
  };
  for (const node of graph.results.values()) visit(node);
  for (const node of graph.nodes) if (node.operation?.updates !== undefined) visit(node);
  return live;
}

function readsOf({ producer, epilogue }: Draft): Node[] {
  const reads = [...producer.inputs];
  for (const { node, valueIndex } of epilogue) {
    node.inputs.forEach((input, index) => {
      if (index !== valueIndex) reads.push(input);
    });
  }
  return reads;
}

/** The node that owns the memory of another: itself, or what it is an alias of. */
function aliasRoots(graph: Graph): (node: Node) => Node {
  const roots = new Map<number, Node>();
  for (const node of graph.nodes) {
    const aliased = node.operation?.alias ? node.inputs[0] : undefined;
    roots.set(node.id, aliased === undefined ? node : (roots.get(aliased.id) as Node));
  }
  return (node) => roots.get(node.id) as Node;
}

/** For each owner of memory, the index of the last step that touches it; infinite for results. */
function lastUses(
  graph: Graph,
  drafts: Draft[],
  rootOf: (node: Node) => Node,
): Map<number, number> {
  const lastUse = new Map<number, number>();
  drafts.forEach((draft, index) => {
    for (const node of [...readsOf(draft), draft.node]) lastUse.set(rootOf(node).id, index);
  });
  for (const node of graph.results.values()) lastUse.set(rootOf(node).id, Number.POSITIVE_INFINITY);
  return lastUse;
}
