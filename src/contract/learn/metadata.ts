import type { ContractFacts } from '../facts.ts';
import { allPages } from '../pages.ts';
import { idsOf, metadataOf, nextCursorOf, type RunView } from '../run-view.ts';

/** What `count` counts, over all pages with sessions. A page that is followed by more tells page from total. */
export function countMeaning(view: RunView): ContractFacts['count'] {
  const pages = allPages(view).filter(({ exchange }) => idsOf(exchange).length > 0);
  if (pages.length === 0) return undefined;
  const counts = pages.map(({ exchange }) => ({
    value: metadataOf(exchange)['count'],
    size: idsOf(exchange).length,
    hasMore: nextCursorOf(exchange) !== undefined,
  }));
  if (counts.every(({ value }) => value === undefined)) return 'absent';
  if (counts.every(({ value, size }) => value === size)) return 'page';
  // A cursor may lead to an empty page, so one page that is followed by nothing proves nothing.
  const isTotal =
    counts.every(({ value, size }) => Number(value) >= size) &&
    counts.some(({ value, size, hasMore }) => hasMore && Number(value) > size);
  return isTotal ? 'total' : 'other';
}

/** What `after` and `before` hold, over all pages with sessions. */
export function edgesMeaning(view: RunView): ContractFacts['pageEdges'] {
  const pages = allPages(view).filter(({ exchange }) => idsOf(exchange).length > 0);
  if (pages.length === 0) return undefined;
  const edges = pages.map(({ exchange }) => {
    const { after, before } = metadataOf(exchange);
    return { after, before, ids: idsOf(exchange) };
  });
  if (edges.every(({ after, before }) => after === undefined && before === undefined)) return 'absent';
  const isEdges = edges.every(({ after, before, ids }) => before === ids[0] && after === ids.at(-1));
  return isEdges ? 'first and last id' : 'other';
}
