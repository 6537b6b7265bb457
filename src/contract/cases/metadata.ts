import { type ContractCase, defineCase, type Finding, MOCK_ONLY, nothing, type Verdict } from '../case.ts';
import { countMeaning, edgesMeaning } from '../learn/metadata.ts';
import { allPages } from '../pages.ts';
import { type RunView, sessionsOf } from '../run-view.ts';

function judgeMeaning(
  view: RunView,
  meaning: { readonly observed: string | undefined; readonly right: string; readonly what: string },
): Verdict {
  const pages = allPages(view).filter(({ exchange }) => sessionsOf(exchange).length > 0);
  const [first] = pages;
  if (first === undefined || meaning.observed === undefined) return nothing('no page with sessions was seen');
  const findings: Finding[] =
    meaning.observed === meaning.right
      ? []
      : [
          {
            expected: `${meaning.what}: ${meaning.right}`,
            got: meaning.observed,
            where: '/listMetadata',
            exchange: first.exchange,
          },
        ];
  return { subjects: pages.length, findings, observed: `${meaning.what}: ${meaning.observed}` };
}

/** What `listMetadata` means. */
export const METADATA_CASES: readonly ContractCase[] = [
  defineCase('pagination/count', {
    title: 'count is the number of sessions on the page',
    basis: ['#/components/schemas/ListMetadata/properties/count/**'],
    severity: MOCK_ONLY,
    probes: 'all',
    examinesSessions: true,
    precondition: 'a page has sessions',
    advice: 'The documentation says "number of objects returned"; a total is possible and observed.',
    judge: (view) =>
      judgeMeaning(view, {
        observed: countMeaning(view),
        right: view.settings.profile?.count ?? 'page',
        what: 'count',
      }),
  }),
  defineCase('pagination/after-and-before', {
    title: 'before and after are the ids of the first and the last session of the page',
    basis: [
      '#/components/schemas/ListMetadata/properties/after/**',
      '#/components/schemas/ListMetadata/properties/before/**',
    ],
    severity: MOCK_ONLY,
    probes: 'all',
    examinesSessions: true,
    precondition: 'a page has sessions',
    advice: 'Nobody documents them; the mock follows this reading.',
    judge: (view) =>
      judgeMeaning(view, {
        observed: edgesMeaning(view),
        right: view.settings.profile?.pageEdges ?? 'first and last id',
        what: 'before and after',
      }),
  }),
];
