import { complementClause } from '../learn/complement.ts';
import { groupQuery } from '../learn/group-query.ts';
import {
  type AttributeName,
  attributeValues,
  idNames,
  learntField,
  namesToTry,
  probeValue,
  sessionToFind,
} from '../learn/query.ts';
import { sortSpelling } from '../learn/sort.ts';
import { windowMessage, windowSessions } from '../learn/window.ts';
import { call, chainProbe, type Probe, type ProbeTraits, singleProbe } from '../probe.ts';
import { nextCursorOf, type RunView } from '../run-view.ts';

const AFTER_WINDOW = ['page/window'];
const AFTER_FIELDS = ['page/window', 'query/status', 'query/technology'];

function queryCall(view: RunView, query: string): ReturnType<typeof call> {
  return call(view.settings, { limit: view.settings.pageLimit, query, ...windowMessage(view) });
}

function attributeProbe(attribute: AttributeName, traits: ProbeTraits = {}): Probe {
  return chainProbe(
    [
      `query/${attribute}`,
      `POST {"limit":50,"query":"<${attribute} field>:<value>",<window>} until a name is known`,
    ],
    { bound: 2, needs: AFTER_WINDOW, ...traits },
    (view, done) => {
      const value = probeValue(view, attribute);
      const name = namesToTry(view, attribute)[done.length];
      return value === undefined || name === undefined ? undefined : queryCall(view, `${name}:${value}`);
    },
  );
}

function learntQuery(
  [id, template]: readonly [id: string, template: string],
  query: (view: RunView) => string | undefined,
): Probe {
  return singleProbe([id, template], { needs: AFTER_FIELDS }, (view) => {
    const text = query(view);
    return text === undefined ? undefined : queryCall(view, text);
  });
}

/** The clauses of the algebra, as far as their names are known. */
export function learntClauses(view: RunView): { readonly status?: string; readonly technology?: string } {
  const status = learntField(view, 'status');
  const technology = learntField(view, 'technology');
  return {
    ...(status === undefined ? {} : { status: `${status.name}:${status.value}` }),
    ...(technology === undefined ? {} : { technology: `${technology.name}:${technology.value}` }),
  };
}

/** Two values of one attribute, for a union; undefined where the window has only one. */
export function unionValues(
  view: RunView,
): { readonly name: string; readonly values: readonly [string, string] } | undefined {
  for (const attribute of ['technology', 'status'] as const) {
    const [first, second] = attributeValues(view, attribute);
    const name = learntField(view, attribute)?.name;
    if (name !== undefined && first !== undefined && second !== undefined)
      return { name, values: [first, second] };
  }
  return undefined;
}

function both(view: RunView, operator: string): string | undefined {
  const { status, technology } = learntClauses(view);
  return status === undefined || technology === undefined ? undefined : `${status}${operator}${technology}`;
}

/** The query language, as far as one can ask without knowing its field names. */
export const QUERY_PROBES: readonly Probe[] = [
  chainProbe(
    ['query/id', 'POST {"limit":5,"query":"<id field>:\\"<id>\\""} until a name is known'],
    { bound: 2, needs: AFTER_WINDOW },
    (view, done) => {
      const id = sessionToFind(view);
      const name = idNames(view)[done.length];
      if (id === undefined || name === undefined) return undefined;
      return call(view.settings, { limit: Math.min(5, view.settings.pageLimit), query: `${name}:"${id}"` });
    },
  ),
  attributeProbe('status'),
  attributeProbe('technology'),
  learntQuery(['query/not', 'POST {…,"query":"NOT <clause>"}'], (view) => {
    const clause = complementClause(view);
    return clause === undefined ? undefined : `NOT ${clause.text}`;
  }),
  learntQuery(
    ['query/group', 'POST {…,"query":"(<clause> OR NOT <clause>) AND NOT <clause>"}'],
    (view) => groupQuery(view)?.text,
  ),
  learntQuery(['query/or', 'POST {…,"query":"<clause> OR <clause>"}'], (view) => {
    const union = unionValues(view);
    return union === undefined
      ? undefined
      : union.values.map((value) => `${union.name}:${value}`).join(' OR ');
  }),
  learntQuery(['query/and', 'POST {…,"query":"<clause> AND <clause>"}'], (view) => both(view, ' AND ')),
  learntQuery(['query/two-clauses', 'POST {…,"query":"<clause> <clause>"}'], (view) => both(view, ' ')),
  singleProbe(
    ['query/broken', 'POST {"limit":50,"query":"status:(active",<window>}'],
    { needs: AFTER_WINDOW },
    (view) => queryCall(view, 'status:(active'),
  ),
  singleProbe(
    ['query/broken-quote', 'POST {"limit":50,"query":"status:\\"zz_none",<window>}'],
    { needs: AFTER_WINDOW },
    (view) => queryCall(view, 'status:"zz_none'),
  ),
  singleProbe(
    ['query/unknown-field', 'POST {"limit":50,"query":"zz_no_such_field:1",<window>}'],
    { needs: AFTER_WINDOW, smoke: true },
    (view) => queryCall(view, 'zz_no_such_field:1'),
  ),
  singleProbe(['query/star', 'POST {"limit":50,"query":"*",<window>}'], { needs: AFTER_WINDOW }, (view) =>
    windowSessions(view).length === 0 ? undefined : queryCall(view, '*'),
  ),
  chainProbe(
    ['query/all-four', 'POST {"limit":<half>,"query":<clause>,"sortBy":<oldest first>,<window>}, one cursor'],
    { bound: 2, needs: [...AFTER_FIELDS, 'sort/learn'] },
    (view, done) => {
      const message = allFourMessage(view);
      if (message === undefined || done.length === 0) return message && call(view.settings, message);
      const cursor = nextCursorOf(done.at(-1));
      return cursor === undefined ? undefined : call(view.settings, { ...message, cursor });
    },
  ),
  singleProbe(['sort/unknown', 'POST {"limit":2,"sortBy":"zz_no_such_field"}'], {}, ({ settings }) =>
    call(settings, { limit: Math.min(2, settings.pageLimit), sortBy: 'zz_no_such_field' }),
  ),
];

function allFourMessage(view: RunView): Readonly<Record<string, unknown>> | undefined {
  const { technology, status } = learntClauses(view);
  const query = technology ?? status;
  const sortBy = sortSpelling(view, 'ascending');
  const matches = view.exchanges(technology === undefined ? 'query/status' : 'query/technology').at(-1);
  if (query === undefined || sortBy === undefined || matches === undefined) return undefined;
  return { limit: 2, query, sortBy, ...windowMessage(view) };
}
