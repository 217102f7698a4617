import { type Graph, type Node, ownerOf } from "./graph.js";

/** One step in the making: a node, and the elementwise nodes that are computed along with it. */
export interface Group {
  /** The node whose operation begins the step. */
  readonly first: Node;
  /** Applied in order, each to the result of the one before. */
  readonly followers: readonly Follower[];
  /** An update by the value that the step computes, which nobody else needs. */
  readonly update?: Node;
  /** The node whose value the step computes, and in whose place it runs unless there is an update. */
  readonly last: Node;
}

/** An elementwise node that takes the value being worked on as input number `valueIndex`. */
export interface Follower {
  readonly node: Node;
  readonly valueIndex: number;
}

/**
 * Groups the nodes that anything depends on into steps, in order of execution: an elementwise node
 * joins the step that makes one of its inputs, if nobody else needs that input.
 */
export function fuse(graph: Graph): Group[] {
  const live = liveNodes(graph);
  const readers = countReaders(live);
  const results = new Set(graph.results.values());
  /** By the last node of each group. */
  const groups = new Map<Node, Group>();
  /** Id of the node that last updated an array in place. */
  const updatedBy = new Map<Node, number>();

  /** Whether the step that makes `value` can wait for a reader of it, and be joined by it. */
  const canWait = (value: Node): boolean => {
    const group = groups.get(value);
    return (
      group !== undefined &&
      readers.get(value) === 1 &&
      !results.has(value) &&
      // What it reads must not be updated meanwhile.
      readsOf(group).every((read) => (updatedBy.get(ownerOf(read)) ?? -1) < value.id)
    );
  };

  for (const node of live) {
    const { operation, inputs } = node;
    if (operation === undefined) continue;
    for (const index of operation.updates ?? []) updatedBy.set(ownerOf(inputs[index]), node.id);
    const { elementwise } = operation;
    const valueIndex = inputs.findIndex(
      (input, index) =>
        elementwise &&
        !elementwise.broadcast?.includes(index) &&
        groups.get(input)?.first.operation?.takesEpilogue &&
        canWait(input),
    );
    const group = groups.get(inputs[valueIndex]);
    const gradient = inputs[operation.updatesFrom ?? -1];
    const source = gradient && groups.get(gradient);
    if (
      source?.first.operation?.takesUpdate &&
      source.followers.length === 0 &&
      canWait(gradient)
    ) {
      groups.delete(gradient);
      groups.set(node, { ...source, update: node });
    } else if (group === undefined) {
      groups.set(node, { first: node, followers: [], last: node });
    } else {
      const followers = [...group.followers, { node, valueIndex }];
      groups.delete(group.last);
      groups.set(node, { first: group.first, followers, last: node });
    }
  }
  return [...groups.values()];
}

/** What a step reads: everything but the value that is worked on within it. */
export function readsOf({ first, followers, update }: Group): Node[] {
  const operands = followers.flatMap(({ node, valueIndex }) =>
    node.inputs.filter((_, index) => index !== valueIndex),
  );
  const updated =
    update?.inputs.filter((_, index) => index !== update.operation?.updatesFrom) ?? [];
  return [...first.inputs, ...operands, ...updated];
}

/** The nodes that a result or an update in place depends on, in order. */
function liveNodes(graph: Graph): Node[] {
  const live = new Set(graph.results.values());
  for (const node of graph.nodes.toReversed()) {
    if (node.operation?.updates !== undefined) live.add(node);
    if (live.has(node)) for (const input of node.inputs) live.add(input);
  }
  return graph.nodes.filter((node) => live.has(node));
}

function countReaders(nodes: readonly Node[]): Map<Node, number> {
  const readers = new Map<Node, number>();
  for (const { inputs } of nodes) {
    for (const input of inputs) readers.set(input, (readers.get(input) ?? 0) + 1);
  }
  return readers;
}
