import { complementOf, EVERY_NUMBER, type Intervals } from './intervals.ts';
import type { EntityColumn } from './session-fields.ts';

/** A moment or length of each row; `end`, `duration` and `durationMs` are absent while a session is open. */
export type TimeColumn = 'start' | 'end' | 'duration' | 'durationMs';

/** A test of one column of rows. */
export type RowLeaf =
  | { readonly kind: 'codes'; readonly column: EntityColumn; readonly table: Uint8Array }
  | {
      readonly kind: 'times';
      readonly column: TimeColumn;
      readonly intervals: Intervals;
      /** Whether rows without a value pass. */
      readonly absent: boolean;
    }
  /** Whether active, completed and idle rows pass. */
  | { readonly kind: 'status'; readonly passes: readonly [active: number, completed: number, idle: number] }
  /** Rows, or rows whose parent is, in a set of indexes. */
  | {
      readonly kind: 'rows';
      readonly column: 'id' | 'parent';
      readonly indexes: ReadonlySet<number>;
      readonly isNegated: boolean;
    }
  /** Rows, or rows whose parent has, an id that must be looked at. */
  | { readonly kind: 'ids'; readonly column: 'id' | 'parent'; readonly accepts: (id: string) => boolean }
  /** Rows that have a parent. */
  | { readonly kind: 'hasParent' };

/** A plan over rows: leaves of one column in one group are folded into one. */
export type RowNode =
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  | RowLeaf
  | { readonly kind: 'not'; readonly part: RowNode }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly RowNode[] };

/** Passes every row. */
export const ALL_ROWS: RowNode = { kind: 'all' };

/** Passes no row. */
export const NO_ROWS: RowNode = { kind: 'none' };

/** Passes the rows that the node does not. */
export function invertRows(node: RowNode): RowNode {
  switch (node.kind) {
    case 'all':
      return NO_ROWS;
    case 'none':
      return ALL_ROWS;
    case 'not':
      return node.part;
    case 'codes':
      return simplify({ ...node, table: node.table.map((passes) => 1 - passes) });
    case 'times':
      return simplify({ ...node, intervals: complementOf(node.intervals), absent: !node.absent });
    case 'status': {
      const [active, completed, idle] = node.passes;
      return simplify({ kind: 'status', passes: [1 - active, 1 - completed, 1 - idle] });
    }
    case 'rows':
      return { ...node, isNegated: !node.isNegated };
    default:
      return { kind: 'not', part: node };
  }
}

/** A leaf that passes everything or nothing becomes that. */
export function simplify(node: RowNode): RowNode {
  if (node.kind === 'codes') return fromExtremes(node, node.table.includes(1), node.table.includes(0));
  if (node.kind === 'status') return fromExtremes(node, node.passes.includes(1), node.passes.includes(0));
  if (node.kind === 'rows' && node.indexes.size === 0) return node.isNegated ? ALL_ROWS : NO_ROWS;
  if (node.kind !== 'times') return node;
  const isEvery = node.intervals[0] === EVERY_NUMBER[0] && node.intervals[1] === EVERY_NUMBER[1];
  const canPass = node.intervals.length > 0 || (node.absent && node.column !== 'start');
  return fromExtremes(node, canPass, !isEvery || (!node.absent && node.column !== 'start'));
}

function fromExtremes(node: RowNode, canPass: boolean, canFail: boolean): RowNode {
  if (!canPass) return NO_ROWS;
  return canFail ? node : ALL_ROWS;
}
