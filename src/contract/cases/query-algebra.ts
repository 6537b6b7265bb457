import { type ContractCase, defineCase, type Finding, MOCK_ONLY, nothing, type Verdict } from '../case.ts';
import type { Exchange } from '../exchange.ts';
import { describeAnswer, reactionOf } from '../expectations.ts';
import { complementClause } from '../learn/complement.ts';
import { groupQuery } from '../learn/group-query.ts';
import {
  type AttributeName,
  attributeOf,
  idSet,
  isSameSet,
  learntField,
  probeValue,
} from '../learn/query.ts';
import { timeOrder } from '../learn/sort.ts';
import { isWindowComplete, windowSessions } from '../learn/window.ts';
import { unionValues } from '../probes/queries.ts';
import { idsOf, type JsonObject, pageOf, type RunView, sessionsOf } from '../run-view.ts';

const QUERY = ['#/components/schemas/ListSessionsV2Request/properties/query/**'];
const FIELDS = ['page/window', 'query/status', 'query/technology'];

type Predicate = (session: JsonObject) => boolean;

/** Compares an answer with the sessions of the window that must match. */
function compareWith(view: RunView, probe: string, matches: Predicate): Verdict {
  const [exchange] = view.exchanges(probe);
  if (exchange === undefined || !isWindowComplete(view))
    return nothing('no field name is known, or the window is not whole');
  const expected = idSet(windowSessions(view).filter(matches));
  const isEqual = pageOf(exchange) !== undefined && isSameSet(idSet(sessionsOf(exchange)), expected);
  const findings = isEqual
    ? []
    : [
        {
          expected: `the ${expected.size} sessions that match`,
          got: describeAnswer(exchange),
          where: '/sessions',
          exchange,
        },
      ];
  return { subjects: windowSessions(view).length, findings };
}

function has(view: RunView, attribute: AttributeName): Predicate {
  const value = probeValue(view, attribute);
  return (session) => attributeOf(session, attribute) === value;
}

function judgeNot(view: RunView): Verdict {
  const clause = complementClause(view);
  const [exchange] = view.exchanges('query/not');
  if (clause === undefined || exchange === undefined) return nothing('no field name is known');
  const whole = windowSessions(view);
  const got = idSet(sessionsOf(exchange));
  const isUnknown = pageOf(exchange) === undefined || got.size === 0 || got.size === whole.length;
  if (clause.isGuessed && isUnknown && view.settings.audience !== 'mock')
    return nothing(`${clause.text} is not known here`);
  const withField = whole.filter((session) => clause.hasField(session) && !clause.matches(session));
  const verdict = compareWith(view, 'query/not', (session) => !clause.matches(session));
  if (verdict.findings.length === 0 || !isSameSet(got, idSet(withField))) return verdict;
  const lost = verdict.findings.map((finding) => ({
    ...finding,
    got: 'only those of them that have the field',
  }));
  return { ...verdict, findings: lost };
}

function judgeGroup(view: RunView): Verdict {
  const [exchange] = view.exchanges('query/group');
  const query = groupQuery(view);
  if (exchange === undefined || query === undefined)
    return nothing('the field names or the data do not allow it');
  if (view.settings.audience !== 'mock' && reactionOf(exchange) === 'refused')
    return nothing('groups are refused here');
  const got = idSet(sessionsOf(exchange));
  if (pageOf(exchange) !== undefined && isSameSet(got, query.expected))
    return { subjects: query.misreadings.size, findings: [] };
  const misread = [...query.misreadings].find(
    ([, ids]) => pageOf(exchange) !== undefined && isSameSet(ids, got),
  );
  const finding: Finding = {
    expected: `the ${query.expected.size} sessions that match ${query.text}`,
    got: misread === undefined ? describeAnswer(exchange) : `what it gives with ${misread[0]}`,
    where: '/sessions',
    exchange,
  };
  return { subjects: query.misreadings.size, findings: [finding] };
}

function judgeOr(view: RunView): Verdict {
  const union = unionValues(view);
  if (union === undefined) return nothing('no attribute has two values here');
  const attribute = learntField(view, 'technology')?.name === union.name ? 'technology' : 'status';
  return compareWith(view, 'query/or', (session) =>
    union.values.includes(String(attributeOf(session, attribute))),
  );
}

function judgeAnd(view: RunView): Verdict {
  return compareWith(
    view,
    'query/and',
    (session) => has(view, 'status')(session) && has(view, 'technology')(session),
  );
}

/** `AND` when two clauses give what both match, `OR` when they give what either matches. */
export function defaultOperator(view: RunView): 'AND' | 'OR' | undefined {
  const [exchange] = view.exchanges('query/two-clauses');
  if (pageOf(exchange) === undefined || !isWindowComplete(view)) return undefined;
  const got = idSet(sessionsOf(exchange));
  const whole = windowSessions(view);
  const both = idSet(
    whole.filter((session) => has(view, 'status')(session) && has(view, 'technology')(session)),
  );
  const either = idSet(
    whole.filter((session) => has(view, 'status')(session) || has(view, 'technology')(session)),
  );
  if (isSameSet(both, either)) return undefined;
  if (isSameSet(got, both)) return 'AND';
  return isSameSet(got, either) ? 'OR' : undefined;
}

function judgeDefaultOperator(view: RunView): Verdict {
  const [exchange] = view.exchanges('query/two-clauses');
  const operator = defaultOperator(view);
  if (exchange === undefined || operator === undefined) return nothing('the data does not tell AND from OR');
  const right = view.settings.profile?.defaultOperator ?? 'AND';
  return {
    subjects: 1,
    findings: operator === right ? [] : [{ expected: right, got: operator, exchange }],
    observed: `two clauses are joined by ${operator}`,
  };
}

function judgeAllFour(view: RunView): Verdict {
  const pages = view.exchanges('query/all-four');
  if (pages.length === 0 || !isWindowComplete(view)) return nothing('no query field or no sort is known');
  const attribute = learntField(view, 'technology') === undefined ? 'status' : 'technology';
  const expected = idSet(windowSessions(view).filter(has(view, attribute)));
  const got = pages.flatMap(idsOf);
  return {
    subjects: got.length,
    findings: allFourFindings(pages, { got, expected }),
    reason: 'no session matches',
  };
}

interface Matches {
  readonly got: readonly string[];
  readonly expected: ReadonlySet<string>;
}

function allFourFindings(pages: readonly Exchange[], { got, expected }: Matches): Finding[] {
  const exchange = pages.at(-1);
  const broken = pages.find((page) => pageOf(page) === undefined);
  if (exchange === undefined || broken !== undefined)
    return [
      {
        expected: 'a page',
        got: describeAnswer(broken),
        ...(broken === undefined ? {} : { exchange: broken }),
      },
    ];
  const findings: Finding[] = [];
  const wanted = Math.min(expected.size, 2 * pages.length);
  if (got.length !== wanted || new Set(got).size !== got.length || got.some((id) => !expected.has(id))) {
    findings.push({
      expected: `${wanted} different sessions that match`,
      got: `${got.length}`,
      where: '/sessions',
      exchange,
    });
  }
  const order = timeOrder(pages.flatMap(sessionsOf));
  if (order !== 'ascending' && order !== 'flat') {
    findings.push({
      expected: 'oldest first over both pages',
      got: order,
      where: '/sessions/*/startTime',
      exchange,
    });
  }
  return findings;
}

/** How clauses combine, with each other and with the rest of a request. */
export const QUERY_ALGEBRA_CASES: readonly ContractCase[] = [
  defineCase('query/complement', {
    title: 'NOT gives exactly the other sessions, also those without the field',
    basis: QUERY,
    probes: [...FIELDS, 'query/not'],
    examinesSessions: true,
    precondition: 'a field name is known',
    advice: 'NOT is ignored, read as a word, or loses what is absent, as SQL does.',
    judge: judgeNot,
  }),
  defineCase('query/group', {
    title: 'Parentheses, AND, OR and NOT combine as they are written',
    basis: QUERY,
    probes: [...FIELDS, 'query/group'],
    examinesSessions: true,
    precondition: 'two field names are known, and the data tells a misreading apart',
    advice: 'Parentheses are dropped, or NOT is lost inside or before a group.',
    judge: judgeGroup,
  }),
  defineCase('query/or', {
    title: 'OR gives the union',
    basis: QUERY,
    probes: [...FIELDS, 'query/or'],
    examinesSessions: true,
    precondition: 'a field name is known and has two values',
    advice: 'OR is read as AND, or only one side counts.',
    judge: judgeOr,
  }),
  defineCase('query/and', {
    title: 'AND gives the intersection',
    basis: QUERY,
    probes: [...FIELDS, 'query/and'],
    examinesSessions: true,
    precondition: 'two field names are known',
    advice: 'AND is read as OR, or only one side counts.',
    judge: judgeAnd,
  }),
  defineCase('query/default-operator', {
    title: 'Two clauses without an operator are joined by AND',
    basis: [...QUERY, 'heuristic: Quickwit joins by AND'],
    severity: MOCK_ONLY,
    probes: [...FIELDS, 'query/two-clauses'],
    examinesSessions: true,
    precondition: 'two field names are known and the data tells AND from OR',
    advice: 'Quickwit itself joins by AND, its Elasticsearch-style endpoint by OR.',
    judge: judgeDefaultOperator,
  }),
  defineCase('query/all-four', {
    title: 'Query, sort, window and limit work together over two pages',
    basis: ['#/components/schemas/ListSessionsV2Request/properties/**'],
    probes: [...FIELDS, 'sort/learn', 'query/all-four'],
    examinesSessions: true,
    precondition: 'a query field and a sort are known',
    advice: 'One of the four is dropped when others are there, often on the second page.',
    judge: judgeAllFour,
  }),
];
