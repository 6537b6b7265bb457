import { compileSessionQuery, type SessionQueryOptions } from './compile-session-query.ts';
import type { Resolution } from './field.ts';
import { formatTree } from './format-tree.ts';
import type { QueryNode } from './query-tree.ts';
import type { QueryWarning } from './query-warning.ts';

/** A name in a query and what it means. */
export interface ExplainedName {
  readonly name: string;
  /** Canonical paths; none when it matches nothing. */
  readonly paths: readonly string[];
  /** `fields`: any of the paths; `object`: presence of any; `empty`: known, never filled; `unknown`. */
  readonly kind: Resolution['kind'];
}

/** What a query means, for a person to read. */
export interface QueryExplanation {
  readonly tree: QueryNode;
  /** The tree as indented lines. */
  readonly treeText: string;
  readonly names: readonly ExplainedName[];
  readonly warnings: readonly QueryWarning[];
  /** False when no session whatever can match, e.g. because of an unknown name. */
  readonly canMatch: boolean;
}

/** Explains a query over sessions: its tree, what its names mean, and warnings. Throws QueryError. */
export function explainQuery(text: string, options: SessionQueryOptions = {}): QueryExplanation {
  const { tree, names, warnings, plan } = compileSessionQuery(text, options);
  return {
    tree,
    treeText: formatTree(tree),
    names: [...names].map(([name, resolution]) => ({
      name,
      kind: resolution.kind,
      paths: 'fields' in resolution ? resolution.fields.map(({ path }) => path) : [],
    })),
    warnings,
    canMatch: plan.kind !== 'none',
  };
}
