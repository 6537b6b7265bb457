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
  const alike = new Map<string, RowLeaf[]>();
  const rest: RowNode[] = [];
  for (const node of nodes.flatMap((part) => (part.kind === kind ? part.parts : [part]))) {
    const key = foldKey(node);
    if (key === undefined || !isFoldable(node)) rest.push(node);
    else {
      const known = alike.get(key);
      if (known === undefined) alike.set(key, [node]);
      else known.push(node);
    }
  }
  // Looking at ids is by far the dearest, so it comes last, when most rows are decided.
  const isDear = (node: RowNode): boolean => node.kind === 'ids';
  const folded = [...alike.values()].flatMap((leaves) => fold(kind, leaves));
  return [...folded, ...rest.filter((node) => !isDear(node)), ...rest.filter(isDear)];
}

type FoldableKind = 'codes' | 'times' | 'status' | 'rows';

function isFoldable(node: RowNode): node is LeafOf<FoldableKind> {
  return node.kind === 'codes' || node.kind === 'times' || node.kind === 'status' || node.kind === 'rows';
}

/** Leaves with equal keys are of the same kind and fold into one. */
function foldKey(node: RowNode): string | undefined {
  if (node.kind === 'codes' || node.kind === 'times') return `${node.kind} ${node.column}`;
  if (node.kind === 'rows') return `rows ${node.column} ${node.isNegated}`;
  return node.kind === 'status' ? 'status' : undefined;
}

/** All leaves at once, so that a long list costs no more than its length. */
function fold(kind: RowJoin, leaves: readonly RowLeaf[]): readonly RowNode[] {
  const [first] = leaves;
  if (first === undefined || leaves.length === 1) return leaves;
  switch (first.kind) {
    case 'codes':
      return [foldTables(kind, first, leaves.filter(isKind('codes')))];
    case 'times':
      return [foldTimes(kind, first, leaves.filter(isKind('times')))];
    case 'status':
      return [foldStatus(kind, leaves.filter(isKind('status')))];
    case 'rows':
      return [foldIndexes(kind, first, leaves.filter(isKind('rows')))];
    default:
      return leaves;
  }
}

type LeafOf<Kind extends RowLeaf['kind']> = Extract<RowLeaf, { kind: Kind }>;

function isKind<Kind extends RowLeaf['kind']>(kind: Kind): (leaf: RowLeaf) => leaf is LeafOf<Kind> {
  return (leaf): leaf is LeafOf<Kind> => leaf.kind === kind;
}

function foldTables(kind: RowJoin, first: LeafOf<'codes'>, leaves: readonly LeafOf<'codes'>[]): RowNode {
  const table = first.table.slice();
  for (const { table: other } of leaves) {
    for (let entry = 0; entry < table.length; entry += 1) {
      table[entry] = combine(kind, table[entry] ?? 0, other[entry] ?? 0);
    }
  }
  return { ...first, table };
}

function foldTimes(kind: RowJoin, first: LeafOf<'times'>, leaves: readonly LeafOf<'times'>[]): RowNode {
  const join = kind === 'and' ? intersectIntervals : uniteIntervals;
  const isAbsent = (leaf: LeafOf<'times'>): boolean => leaf.absent;
  const absent = kind === 'and' ? leaves.every(isAbsent) : leaves.some(isAbsent);
  return { ...first, intervals: join(leaves.map(({ intervals }) => intervals)), absent };
}

function foldStatus(kind: RowJoin, leaves: readonly LeafOf<'status'>[]): RowNode {
  const join = (status: 0 | 1 | 2): number =>
    leaves.map(({ passes }) => passes[status]).reduce((left, right) => combine(kind, left, right));
  return { kind: 'status', passes: [join(0), join(1), join(2)] };
}

// All are negated or none is: "not in A or not in B" is "not in both".
function foldIndexes(kind: RowJoin, first: LeafOf<'rows'>, leaves: readonly LeafOf<'rows'>[]): RowNode {
  const isUnion = (kind === 'or') !== first.isNegated;
  const indexes = isUnion
    ? new Set(leaves.flatMap((leaf) => [...leaf.indexes]))
    : new Set([...first.indexes].filter((index) => leaves.every((leaf) => leaf.indexes.has(index))));
  return { ...first, indexes };
}

function combine(kind: RowJoin, left: number, right: number): number {
  return kind === 'and' ? left & right : left | right;
}
