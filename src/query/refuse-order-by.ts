import { QueryError } from './query-error.ts';
import type { NodePositions, QueryNode } from './query-tree.ts';

/**
 * Refuses `… ORDER BY field`, which one of Formal's pages prints and the engine reads as bare words.
 * Source: documented (the page), measured (the grammar).
 */
export function refuseOrderBy(tree: QueryNode, positions: NodePositions): void {
  if ('of' in tree) refuseOrderBy(tree.of, positions);
  if (!('bool' in tree)) return;
  tree.bool.forEach(([occur, node], index) => {
    const next = tree.bool[index + 1];
    if (occur === '' && next?.[0] === '' && isWord(node, 'ORDER') && isWord(next[1], 'BY')) {
      throw new QueryError({
        kind: 'syntax',
        problem: 'ORDER BY is not part of the query language',
        position: positions.get(node),
        suggestion: 'leave it out and set sortBy, e.g. "sortBy": "-start_time" for oldest first',
      });
    }
    refuseOrderBy(node, positions);
  });
}

function isWord(node: QueryNode, word: string): boolean {
  return 'term' in node && node.term.field === null && node.term.quote === 'none' && node.term.text === word;
}
