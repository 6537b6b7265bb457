import { CODES } from '../../connect/code.ts';
import {
  type ContractCase,
  type DocumentChange,
  defineCase,
  type Finding,
  nothing,
  OBSERVED,
  type Severities,
  type Verdict,
} from '../case.ts';
import { type DescribedValue, declaredLeaves, enumOf } from '../document-walk.ts';
import type { Exchange } from '../exchange.ts';
import { codeOf, count, isCall } from '../expectations.ts';
import { presenceOf } from '../learn/presence.ts';
import { countSessions, describedValues } from '../pages.ts';
import { isObject, type RunView } from '../run-view.ts';
import { isEnumWord } from '../show.ts';

const GROWTH: Severities = { mock: 'fail', any: 'warn', live: 'warn' };
const OLDER_STATUSES = [408, 412, 499];
const MIN_FOR_PRESENCE = 20;

interface Occurrence {
  readonly described: DescribedValue;
  readonly exchange: Exchange;
  times: number;
}

/** What the document does not foresee, one entry for each kind, with how often it came. */
function collect(view: RunView, keyOf: (described: DescribedValue) => string | undefined): Occurrence[] {
  const found = new Map<string, Occurrence>();
  for (const { described, exchange } of describedValues(view)) {
    const key = keyOf(described);
    if (key === undefined) continue;
    const known = found.get(key);
    if (known === undefined) found.set(key, { described, exchange, times: 1 });
    else known.times += 1;
  }
  return [...found.values()];
}

function judgeUndocumented(view: RunView): Verdict {
  const found = collect(view, ({ schema, path }) => (schema === undefined ? path : undefined));
  const total = countSessions(view);
  const findings = found.map(
    ({ described, exchange, times }): Finding => ({
      expected: 'a field the document declares',
      got: `${typeName(described.value)} in ${times} of ${count(total, 'session')}`,
      where: described.path,
      exchange,
    }),
  );
  const patch = found.map(
    ({ described }): DocumentChange => ({
      pointer: `${described.parentSchema}/properties/${described.path.split('/').at(-1)}`,
      value: schemaOf(described.value),
    }),
  );
  return { subjects: total, findings, patch };
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (value === null) return 'null';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

const MAX_DEPTH = 4;

function schemaOf(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) return {};
  if (Array.isArray(value)) return { type: 'array', items: schemaOf(value[0], depth + 1) };
  if (isObject(value)) {
    const properties = Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, schemaOf(item, depth + 1)]),
    );
    return { type: 'object', properties };
  }
  if (typeof value === 'number') return { type: Number.isInteger(value) ? 'integer' : 'number' };
  return value === null || value === undefined ? {} : { type: typeof value };
}

function judgeEnumValues(view: RunView): Verdict {
  const { document, show, showsValues } = view.settings;
  const { loaded } = document;
  const found = collect(view, (described) => {
    const allowed = enumOf(loaded, described);
    const isNew =
      allowed !== undefined && typeof described.value === 'string' && !allowed.includes(described.value);
    return isNew ? `${described.path} ${described.value}` : undefined;
  });
  const findings = found.map(
    ({ described, exchange, times }): Finding => ({
      expected: `one of ${(enumOf(loaded, described) ?? []).join(', ')}`,
      got: `${isEnumWord(described.value) ? JSON.stringify(described.value) : show(described.value)}, ${count(times, 'time')}`,
      where: described.path,
      exchange,
    }),
  );
  const proposable = found.filter(({ described }) => showsValues || isEnumWord(described.value));
  const patch = proposable.map(({ described }) => ({
    pointer: `${described.schema?.pointer ?? described.parentSchema}/enum`,
    value: [...(enumOf(loaded, described) ?? []), described.value],
  }));
  return { subjects: countSessions(view), findings, patch };
}

function judgeStatuses(view: RunView): Verdict {
  const { statuses } = view.settings.document;
  const fromCodes = Object.values(CODES).map(({ httpStatus }) => httpStatus);
  const known = new Set<number>([...statuses, ...fromCodes, ...OLDER_STATUSES]);
  const answered = view
    .all()
    .filter(isCall)
    .filter(({ answer, isSuperseded }) => answer !== undefined && isSuperseded !== true);
  const unknown = new Map(
    answered.flatMap((exchange): [number, Exchange][] => {
      const status = exchange.answer?.status ?? 0;
      return known.has(status) ? [] : [[status, exchange]];
    }),
  );
  const findings = [...unknown].map(([status, exchange]) => ({
    expected: 'a status the document names',
    got: String(status),
    exchange,
  }));
  const patch = [...unknown.keys()].map((status) => ({
    pointer: `${operationPointer(view)}/responses/${status}`,
    value: { $ref: '#/components/responses/OtherError' },
  }));
  return { subjects: answered.length, findings, patch };
}

function operationPointer(view: RunView): string {
  return `#/paths/${view.settings.document.procedure.path.replace(/\//g, '~1')}/post`;
}

function judgeCodes(view: RunView): Verdict {
  const codes = view.all().flatMap((exchange): [string, Exchange][] => {
    const code = exchange.answer === undefined || exchange.answer.status < 400 ? undefined : codeOf(exchange);
    return code === undefined ? [] : [[code, exchange]];
  });
  const unknown = new Map(codes.filter(([code]) => !Object.hasOwn(CODES, code)));
  const findings = [...unknown].map(([code, exchange]) => ({
    expected: 'one of the sixteen codes',
    got: JSON.stringify(code),
    where: '/code',
    exchange,
  }));
  return { subjects: codes.length, findings };
}

function judgeNeverSeen(view: RunView): Verdict {
  const { document } = view.settings;
  const total = countSessions(view);
  if (total === 0) return nothing('no session was seen');
  const seen = new Set(describedValues(view).map(({ described }) => described.path));
  const missing = declaredLeaves(document.loaded, document.pageSchema).filter(
    (leaf) => !seen.has(leaf.replace(/\/\*$/, '')),
  );
  return {
    subjects: total,
    findings: [],
    observed: missing.length === 0 ? 'every documented field was seen' : `never seen: ${missing.join(' ')}`,
  };
}

function judgePresence(view: RunView): Verdict {
  const total = countSessions(view);
  const baseline = view.settings.profile?.presence;
  if (total < MIN_FOR_PRESENCE) return nothing(`fewer than ${MIN_FOR_PRESENCE} sessions`);
  const now = presenceOf(view);
  const text = Object.entries(now)
    .map(([name, percent]) => `${name} ${percent} %`)
    .join(', ');
  const lost = Object.entries(baseline ?? {}).filter(
    ([name, percent]) => percent >= 90 && (now[name] ?? 0) <= 10,
  );
  const findings = lost.map(([name, percent]) => ({
    expected: `${name} in about ${percent} % of the sessions, as learnt`,
    got: `${now[name] ?? 0} %`,
    where: `/sessions/*/${name}`,
  }));
  return { subjects: total, findings, observed: text };
}

const DEPRECATIONS = ['deprecation', 'sunset', 'warning'];

function judgeDeprecation(view: RunView): Verdict {
  const answered = view.all().filter(({ answer }) => answer !== undefined);
  const found = new Set(
    answered.flatMap(({ answer }) =>
      DEPRECATIONS.filter((name) => answer?.headers[name] !== undefined).map(
        (name) => `${name}: ${answer?.headers[name]}`,
      ),
    ),
  );
  return {
    subjects: answered.length,
    findings: [],
    observed: found.size === 0 ? 'no deprecation headers' : [...found].join('; '),
  };
}

/** Growth of the API: reported with a proposed change of the document. */
export const DRIFT_CASES: readonly ContractCase[] = [
  defineCase('drift/undocumented-field', {
    title: 'Pages have only fields that the document declares',
    basis: ['#/components/schemas/*/properties'],
    severity: GROWTH,
    probes: 'all',
    advice:
      'The API has grown: take the proposed change into openapi.yaml once you know what the field means.',
    judge: judgeUndocumented,
  }),
  defineCase('drift/enum-value', {
    title: 'Enumerated fields have only values that the document lists',
    basis: ['#/components/schemas/**/enum'],
    severity: GROWTH,
    probes: 'all',
    advice: 'A new value: clients that switch over the old ones need to know.',
    judge: judgeEnumValues,
  }),
  defineCase('drift/status', {
    title: 'Answers have only statuses that the document or Connect knows',
    basis: ['#/paths/*/*/responses', '#/components/responses/OtherError/**'],
    severity: GROWTH,
    probes: 'all',
    advice: 'Something between client and service answers, or the service has a new way to refuse.',
    judge: judgeStatuses,
  }),
  defineCase('drift/code', {
    title: 'Errors have only codes that Connect knows',
    basis: ['#/components/schemas/ConnectError/properties/code/enum'],
    severity: GROWTH,
    probes: 'all',
    advice: 'Connect has exactly sixteen codes.',
    judge: judgeCodes,
  }),
  defineCase('drift/never-seen', {
    title: 'Which documented fields no session had',
    basis: ['#/components/schemas/SessionObject/properties/**'],
    severity: OBSERVED,
    probes: 'all',
    advice: 'An observation: rare, newer than the server, or gone.',
    judge: judgeNeverSeen,
  }),
  defineCase('drift/presence', {
    title: 'Fields are as frequent as in the profile',
    basis: ['heuristic: a field that was always there and is gone has been dropped'],
    severity: { mock: 'info', any: 'info', live: 'info' },
    probes: 'all',
    precondition: 'twenty sessions',
    advice: 'Compare with the baseline that `learn` wrote.',
    judge: judgePresence,
  }),
  defineCase('drift/deprecation-headers', {
    title: 'Whether answers announce a deprecation',
    basis: ['heuristic: RFC 9745, RFC 8594'],
    severity: OBSERVED,
    probes: 'all',
    advice: 'An observation: read what the header links to.',
    judge: judgeDeprecation,
  }),
];
