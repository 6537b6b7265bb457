import { intersectIntervals, uniteIntervals } from './intervals.ts';
import { type RowLeaf, type RowNode, simplify } from './row-node.ts';

/** How the nodes of a group are joined. */
export type RowJoin = 'and' | 'or';

/** Joins nodes, folding those that look at the same column. */
export function joinRows(kind: RowJoin, nodes: readonly RowNode[]): RowNode {
  const [neutral, absorbing] = kind === 'and' ? (['all', 'none'] as const) : (['none', 'all'] as const);
  const parts = foldColumns(kind, nodes)
    .map(simplify)
    .filter((part) => part.kind !== neutral);
  if (parts.some((part) => part.kind === absorbing)) return { kind: absorbing };
  const [first] = parts;
  if (first === undefined) return { kind: neutral };
  return parts.length === 1 ? first : { kind, parts };
}

function foldColumns(kind: RowJoin, nodes: readonly RowNode[]): readonly RowNode[] {
  const folded = new Map<string, RowNode>();
  const rest: RowNode[] = [];
  for (const node of nodes.flatMap((part) => (part.kind === kind ? part.parts : [part]))) {
    const key = foldKey(node);
    if (key === undefined) rest.push(node);
    else {
      const known = folded.get(key);
      folded.set(key, known === undefined ? node : fold(kind, known, node));
    }
  }
  return [...folded.values(), ...rest];
}

/** Nodes with equal keys are of the same kind and fold into one. */
function foldKey(node: RowNode): string | undefined {
  if (node.kind === 'codes' || node.kind === 'times') return `${node.kind} ${node.column}`;
  if (node.kind === 'rows') return `rows ${node.column} ${node.isNegated}`;
  return node.kind === 'status' ? 'status' : undefined;
}

function fold(kind: RowJoin, left: RowNode, right: RowNode): RowNode {
  if (left.kind === 'codes' && right.kind === 'codes') return foldTables(kind, left, right);
  if (left.kind === 'times' && right.kind === 'times') return foldTimes(kind, left, right);
  if (left.kind === 'status' && right.kind === 'status') return foldStatus(kind, left, right);
  if (left.kind === 'rows' && right.kind === 'rows') return foldIndexes(kind, left, right);
  throw new TypeError(`rows of kind ${left.kind} and ${right.kind} do not fold`);
}

type LeafOf<Kind extends RowLeaf['kind']> = Extract<RowLeaf, { kind: Kind }>;

function foldTables(kind: RowJoin, left: LeafOf<'codes'>, right: LeafOf<'codes'>): RowNode {
  const table = left.table.map((passes, entry) => combine(kind, passes, right.table[entry] ?? 0));
  return { ...left, table };
}

function foldTimes(kind: RowJoin, left: LeafOf<'times'>, right: LeafOf<'times'>): RowNode {
  const join = kind === 'and' ? intersectIntervals : uniteIntervals;
  const absent = kind === 'and' ? left.absent && right.absent : left.absent || right.absent;
  return { ...left, intervals: join([left.intervals, right.intervals]), absent };
}

function foldStatus(kind: RowJoin, left: LeafOf<'status'>, right: LeafOf<'status'>): RowNode {
  const [active, completed, idle] = left.passes;
  const others = right.passes;
  return {
    kind: 'status',
    passes: [
      combine(kind, active, others[0]),
      combine(kind, completed, others[1]),
      combine(kind, idle, others[2]),
    ],
  };
}

// Both are negated or neither is: "not in A or not in B" is "not in both".
function foldIndexes(kind: RowJoin, left: LeafOf<'rows'>, right: LeafOf<'rows'>): RowNode {
  const isUnion = (kind === 'or') !== left.isNegated;
  const indexes = isUnion
    ? new Set([...left.indexes, ...right.indexes])
    : new Set([...left.indexes].filter((index) => right.indexes.has(index)));
  return { ...left, indexes };
}

function combine(kind: RowJoin, left: number, right: number): number {
  return kind === 'and' ? left & right : left | right;
}
