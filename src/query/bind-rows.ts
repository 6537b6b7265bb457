import { type DictionaryIndex, isEntityColumn } from './dictionary-index.ts';
import type { BoundField } from './field.ts';
import { EVERY_NUMBER } from './intervals.ts';
import { joinRows } from './join-rows.ts';
import type { PlanNode } from './plan.ts';
import { ALL_ROWS, invertRows, NO_ROWS, type RowNode, simplify } from './row-node.ts';
import { testDocument, type ValueTest } from './value-test.ts';

/**
 * Turns a plan over fields into one over rows: every test of an entity becomes a table over its dictionary, ids
 * become row indexes. Throws TypeError for a field that has no column.
 */
export function bindRows(plan: PlanNode, index: DictionaryIndex): RowNode {
  switch (plan.kind) {
    case 'all':
    case 'none':
      return plan;
    case 'not':
      return invertRows(bindRows(plan.part, index));
    case 'and':
    case 'or':
      return bindGroup(plan.kind, plan.parts, index);
    case 'leaf':
      return bindLeaf(plan.field, plan.test, index);
  }
}

function bindGroup(kind: 'and' | 'or', parts: readonly PlanNode[], index: DictionaryIndex): RowNode {
  const decided = kind === 'and' ? 'none' : 'all';
  const bound: RowNode[] = [];
  for (const part of kind === 'or' ? mergeExact(parts) : parts) {
    const node = bindRows(part, index);
    // One part that decides the group spares the tables of the others.
    if (node.kind === decided) return node;
    bound.push(node);
  }
  return joinRows(kind, bound);
}

/** Makes one leaf of the leaves that ask one field for exact values, so that a long list costs one table. */
function mergeExact(parts: readonly PlanNode[]): readonly PlanNode[] {
  const merged = new Map<string, ExactLeaf>();
  const others: PlanNode[] = [];
  for (const part of parts) {
    if (part.kind !== 'leaf' || !('exact' in part.test) || part.test.exact === undefined) {
      others.push(part);
      continue;
    }
    const { field, test } = part;
    const key = `${test.on} ${field.path}`;
    const leaf = merged.get(key) ?? { field, on: test.on, exact: new Set<string>() };
    for (const text of part.test.exact) leaf.exact.add(text);
    merged.set(key, leaf);
  }
  return [...[...merged.values()].map(toLeaf), ...others];
}

interface ExactLeaf {
  readonly field: BoundField;
  readonly on: 'text' | 'address' | 'tokens';
  readonly exact: Set<string>;
}

function toLeaf({ field, on, exact }: ExactLeaf): PlanNode {
  const test: ValueTest =
    on === 'tokens'
      ? { on, accepts: (tokens) => tokens.some((token) => exact.has(token)), exact: [...exact] }
      : { on, accepts: (text) => exact.has(text), exact: [...exact] };
  return { kind: 'leaf', field, test };
}

function bindLeaf(field: BoundField, test: ValueTest, index: DictionaryIndex): RowNode {
  const { column } = field;
  if (isEntityColumn(column)) {
    return simplify({ kind: 'codes', column, table: index.tableOf(column, field, test) });
  }
  switch (column) {
    case 'start':
    case 'end':
    case 'duration':
    case 'durationMs': {
      const intervals = test.on === 'number' ? test.intervals : EVERY_NUMBER;
      return simplify({ kind: 'times', column, intervals, absent: false });
    }
    case 'status':
      return simplify({
        kind: 'status',
        passes: [
          passes(field, test, 'active'),
          passes(field, test, 'completed'),
          passes(field, test, 'idle'),
        ],
      });
    case 'id':
    case 'parent':
      return bindId(column, test, index);
    default:
      throw new TypeError(`field ${field.path} has no column`);
  }
}

function passes(field: BoundField, test: ValueTest, sessionStatus: string): number {
  return testDocument(field, test, { sessionStatus }) ? 1 : 0;
}

function bindId(column: 'id' | 'parent', test: ValueTest, { source }: DictionaryIndex): RowNode {
  if (test.on === 'presence') return column === 'id' ? ALL_ROWS : { kind: 'hasParent' };
  if (test.on !== 'text') throw new TypeError(`field ${column} is not raw text`);
  const byId: RowNode = { kind: 'ids', column, accepts: (id) => test.accepts(id) };
  if (test.exact === undefined) {
    const canMatch = source.idShape === undefined || (test.canMatchShape?.(source.idShape) ?? true);
    return canMatch ? byId : NO_ROWS;
  }
  const indexes = test.exact.map((id) => source.find(id));
  // A parent from before the first session has an id and no index to find it by.
  if (column === 'parent' && indexes.includes(-1)) return byId;
  const found = new Set(indexes.filter((index) => index >= 0));
  return simplify({ kind: 'rows', column, indexes: found, isNegated: false });
}
