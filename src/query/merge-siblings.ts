import type { GroupMember, GroupNode, QueryNode } from './query-tree.ts';

/**
 * Simplifies a parsed tree as the 0.9 grammar does, from the root down and not inside boosts: equal members of a
 * group are merged, and an undecided inner group of exactly one member is replaced by that member.
 * Nodes that stay the same keep their identity; `onReplace` hears of those that do not.
 * Source: measured (Quickwit 0.9 grammar).
 */
export function mergeSiblings(
  node: QueryNode,
  onReplace: (from: QueryNode, to: QueryNode) => void,
): QueryNode {
  const numbers = new NodeNumbers();
  const simplify = (from: QueryNode): QueryNode => {
    if (!('bool' in from)) return from;
    const to: GroupNode = {
      bool: distinct(from.bool, numbers)
        .map(unwrap)
        .map(([occur, inner]): GroupMember => [occur, simplify(inner)]),
    };
    onReplace(from, to);
    return to;
  };
  return simplify(node);
}

function unwrap(member: GroupMember): GroupMember {
  const [occur, node] = member;
  if (occur !== '' || !('bool' in node)) return member;
  const [only] = node.bool;
  return only !== undefined && node.bool.length === 1 ? only : member;
}

function distinct(members: readonly GroupMember[], numbers: NodeNumbers): readonly GroupMember[] {
  const seen = new Set<string>();
  return members.filter(([occur, node]) => {
    const key = `${occur}${numbers.of(node)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Gives equal nodes equal numbers, looking at every node once, so that comparing stays linear. */
class NodeNumbers {
  readonly #byNode = new Map<QueryNode, number>();
  readonly #byKey = new Map<string, number>();

  of(node: QueryNode): number {
    const known = this.#byNode.get(node);
    if (known !== undefined) return known;
    const key = this.#keyOf(node);
    const number = this.#byKey.get(key) ?? this.#byKey.size;
    this.#byKey.set(key, number);
    this.#byNode.set(node, number);
    return number;
  }

  #keyOf(node: QueryNode): string {
    if ('bool' in node) return `(${node.bool.map(([occur, inner]) => `${occur}${this.of(inner)}`).join(' ')}`;
    if ('of' in node) return `^${node.boost} ${this.of(node.of)}`;
    return JSON.stringify(node);
  }
}
