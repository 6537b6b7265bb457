import type { GroupMember, Occur, QueryNode } from './query-tree.ts';

/** One clause of a run, with what was written before it. */
export interface Clause {
  readonly operator: 'AND' | 'OR' | null;
  readonly sign: '+' | '-' | null;
  readonly node: QueryNode;
}

/**
 * Turns a run of clauses into one node: AND joins clauses into bundles of required members, bundles beside each
 * other are optional, and a clause without any operator stays undecided. Source: measured (Quickwit 0.9 grammar).
 */
export function groupClauses(clauses: readonly Clause[]): QueryNode {
  const [only] = clauses;
  if (only === undefined) return { empty: true };
  if (clauses.length === 1) return only.sign === '-' ? { bool: [['-', only.node]] } : only.node;
  const bundles: GroupMember[][] = [];
  let current: GroupMember[] = [];
  clauses.forEach((clause, index) => {
    if (index > 0 && clause.operator === 'AND') {
      current.push([clause.sign ?? '+', clause.node]);
      return;
    }
    current = [openBundle(clause, clauses[index + 1]?.operator ?? null)];
    bundles.push(current);
  });
  if (bundles.length === 1) return { bool: current };
  return { bool: bundles.map(joinBundle) };
}

function joinBundle(bundle: readonly GroupMember[]): GroupMember {
  const [first] = bundle;
  return first !== undefined && bundle.length === 1 ? first : ['?', { bool: bundle }];
}

function openBundle(clause: Clause, next: Clause['operator']): GroupMember {
  const optional = next !== 'AND' && (clause.operator === 'OR' || next === 'OR');
  if (optional && clause.sign === '-') return ['?', { bool: [['-', clause.node]] }];
  return [clause.sign ?? undecided(optional, next), clause.node];
}

function undecided(optional: boolean, next: Clause['operator']): Occur {
  if (optional) return '?';
  return next === 'AND' ? '+' : '';
}
