import { type ContractCase, defineCase, type Finding, nothing, OBSERVED, type Verdict } from '../case.ts';
import type { Exchange } from '../exchange.ts';
import {
  codeOf,
  describeAnswer,
  judgeAccepted,
  judgeRefusal,
  judgeRefusals,
  type Refusal,
  reactionOf,
} from '../expectations.ts';
import { WRONG_KEY } from '../key.ts';
import { leakedData } from '../leaks.ts';
import { groupFindings } from '../pages.ts';
import { createRedactor } from '../redact.ts';
import type { RunView } from '../run-view.ts';

const CONTROL = 'preflight/accepted';
const KEY_BASIS = ['#/components/securitySchemes/ApiKeyAuth/**', '#/security/**'];
const REFUSED_BASIS = [...KEY_BASIS, '#/paths/*/*/responses/401'];
const SHORTEST_TELLING_KEY = 8;

const KEY_REFUSALS = ['auth/no-key', 'auth/empty-key', 'auth/wrong-key'];
const NEAR_MISSES = ['auth/shorter-key', 'auth/longer-key', 'auth/other-case-key'];

/** Other ways to call, each with the same call that has a key. */
const OTHER_WAYS = { get: 'protocol/get', binary: 'protocol/binary' } as const;

function unauthenticated(probe: string, control: string = CONTROL): Refusal {
  return { probe, control, statuses: [401], codes: ['unauthenticated'] };
}

/** A refusal that gives nothing away. */
function judgeLocked(view: RunView, probe: string, control?: string): Verdict {
  const verdict = judgeRefusal(view, unauthenticated(probe, control));
  const leaks = view.exchanges(probe).flatMap((exchange) => leakedData(view, exchange));
  return leaks.length === 0
    ? verdict
    : { ...verdict, subjects: 1, findings: [...verdict.findings, ...leaks] };
}

function judgeOtherWay(view: RunView, way: keyof typeof OTHER_WAYS): Verdict {
  const probe = `auth/no-key-${way}`;
  if (view.exchanges(probe).length === 0) return nothing('it is not supported here');
  return judgeLocked(view, probe, OTHER_WAYS[way]);
}

function judgeNoData(view: RunView): Verdict {
  const refusals = view.all().filter(({ answer }) => answer?.status === 401 || answer?.status === 403);
  return {
    subjects: refusals.length,
    findings: groupFindings(refusals.flatMap((exchange) => leakedData(view, exchange))),
    reason: 'nothing was refused for its key',
  };
}

function judgeUniform(view: RunView): Verdict {
  const exchanges = [...KEY_REFUSALS, ...NEAR_MISSES].flatMap((probe) => view.exchanges(probe));
  const kinds = new Map<string, Exchange>();
  for (const exchange of exchanges) {
    kinds.set(`${exchange.answer?.status ?? 'nothing'} ${codeOf(exchange) ?? 'without a code'}`, exchange);
  }
  const [first, ...others] = kinds;
  const findings = others.map(([kind, exchange]) => ({
    expected: `as every other key: ${first?.[0]}`,
    got: kind,
    exchange,
  }));
  return { subjects: exchanges.length, findings };
}

/** Texts that must not come back: the key, the wrong key, and the key without its last character. */
function judgeNoEcho(view: RunView): Verdict {
  const { apiKey } = view.settings;
  const secrets = [apiKey, apiKey.slice(0, -1), WRONG_KEY].filter(
    (key) => key.length >= SHORTEST_TELLING_KEY,
  );
  const redactors = secrets.map((key) => createRedactor({ apiKey: key }));
  const answered = view.all().filter(({ answer }) => answer !== undefined);
  const findings = answered.flatMap((exchange): Finding[] => {
    const text = answerText(exchange.original ?? exchange);
    const isEchoed = redactors.some((redact) => redact(text) !== text);
    return isEchoed ? [{ expected: 'no key in an answer', got: 'the key that was sent', exchange }] : [];
  });
  return {
    subjects: secrets.length === 0 ? 0 : answered.length,
    findings,
    reason: 'the key is too short to be told from words',
  };
}

function answerText({ answer }: Exchange): string {
  const headers = (answer?.rawHeaders ?? []).map(([name, value]) => `${name}: ${value}`).join('\n');
  return `${headers}\n\n${Buffer.from(answer?.body ?? []).toString('utf8')}`;
}

/** Who may see anything at all. */
export const AUTH_CASES: readonly ContractCase[] = [
  defineCase('auth/no-key', {
    title: 'A request without a key is refused with 401 unauthenticated and carries no data',
    basis: REFUSED_BASIS,
    probes: [CONTROL, 'auth/no-key'],
    advice: 'The key is not checked, or its absence is answered with another code.',
    judge: (view) => judgeLocked(view, 'auth/no-key'),
  }),
  defineCase('auth/empty-key', {
    title: 'An empty key is refused with 401 unauthenticated and carries no data',
    basis: REFUSED_BASIS,
    probes: [CONTROL, 'auth/empty-key'],
    advice: 'An empty header must not count as a key.',
    judge: (view) => judgeLocked(view, 'auth/empty-key'),
  }),
  defineCase('auth/wrong-key', {
    title: 'A key nobody knows is refused with 401 unauthenticated and carries no data',
    basis: REFUSED_BASIS,
    probes: [CONTROL, 'auth/wrong-key'],
    advice: 'The key is only looked at for presence, or the refusal has another code.',
    judge: (view) => judgeLocked(view, 'auth/wrong-key'),
  }),
  defineCase('auth/no-key-get', {
    title: 'A Connect GET without a key is refused with 401 unauthenticated and carries no data',
    basis: [...REFUSED_BASIS, '#/paths/*/get/**'],
    probes: ['protocol/get', 'auth/no-key-get'],
    precondition: 'GET is supported',
    advice: 'The key is checked in the handler of POST only.',
    judge: (view) => judgeOtherWay(view, 'get'),
  }),
  defineCase('auth/no-key-binary', {
    title: 'A binary request without a key is refused with 401 unauthenticated and carries no data',
    basis: [...REFUSED_BASIS, '#/paths/*/post/requestBody/content/application~1proto/**'],
    probes: ['protocol/binary', 'auth/no-key-binary'],
    precondition: 'binary requests are supported',
    advice: 'The key is checked where JSON is read only; the official SDK speaks binary.',
    judge: (view) => judgeOtherWay(view, 'binary'),
  }),
  defineCase('auth/refusals-carry-no-data', {
    title: 'A 401 or 403 has nothing but code, message and details, and no id, address or name of a session',
    basis: ['#/components/responses/Unauthenticated/**', '#/components/responses/PermissionDenied/**'],
    probes: 'all',
    advice: 'The answer is filled before the key is checked, or the message quotes what it found.',
    judge: judgeNoData,
  }),
  defineCase('auth/near-miss-keys', {
    title: 'A key that is one character short, one too long, or in other letter case is refused',
    basis: REFUSED_BASIS,
    probes: [CONTROL, ...NEAR_MISSES],
    precondition: 'never sent to the live service',
    advice: 'Keys must be compared whole and exactly, in constant time.',
    judge: (view) =>
      judgeRefusals(
        view,
        NEAR_MISSES.filter((probe) => view.exchanges(probe).length > 0).map((probe) =>
          unauthenticated(probe),
        ),
      ),
  }),
  defineCase('auth/key-in-query', {
    title: 'A key in the query string does not count',
    basis: ['#/components/securitySchemes/ApiKeyAuth/in', ...REFUSED_BASIS],
    probes: [CONTROL, 'auth/key-in-query'],
    precondition: 'never sent to the live service',
    advice: 'Keys in URLs end up in logs; read the header only.',
    judge: (view) => judgeRefusal(view, unauthenticated('auth/key-in-query')),
  }),
  defineCase('auth/header-case', {
    title: 'The name of the key header is case-insensitive',
    basis: ['#/components/securitySchemes/ApiKeyAuth/name'],
    probes: [CONTROL, 'auth/header-case'],
    advice: 'Header names are case-insensitive in HTTP; HTTP/2 clients send them in lower case.',
    judge: (view) => judgeAccepted(view, 'auth/header-case'),
  }),
  defineCase('auth/refusals-uniform', {
    title: 'Every wrong key gets the same status and code',
    basis: ['#/components/responses/Unauthenticated/**'],
    probes: [...KEY_REFUSALS, ...NEAR_MISSES],
    advice: 'Different answers tell a guesser how close a key came.',
    judge: judgeUniform,
  }),
  defineCase('auth/bearer', {
    title: 'Whether the key is also accepted as a bearer token',
    basis: ['#/components/securitySchemes/ApiKeyAuth/type'],
    severity: OBSERVED,
    probes: ['auth/bearer'],
    advice: 'An observation: the published OpenAPI file says bearer, everything else says the key header.',
    judge: (view) => {
      const [exchange] = view.exchanges('auth/bearer');
      return exchange === undefined
        ? { subjects: 0, findings: [] }
        : {
            subjects: 1,
            findings: [],
            observed: `bearer ${reactionOf(exchange) ?? describeAnswer(exchange)}`,
          };
    },
  }),
  defineCase('auth/limited-key', {
    title: 'A key without the right to list sessions is refused with 403 permission_denied',
    basis: ['#/components/responses/PermissionDenied/**', '#/paths/*/*/responses/403'],
    probes: [CONTROL, 'auth/limited-key'],
    precondition: 'a limited key is given (FORMAL_API_KEY_LIMITED)',
    advice: 'A known key without rights is 403, an unknown key is 401.',
    judge: (view) =>
      judgeRefusal(view, {
        probe: 'auth/limited-key',
        control: CONTROL,
        statuses: [403],
        codes: ['permission_denied'],
      }),
  }),
  defineCase('auth/key-never-echoed', {
    title: 'No answer contains a key that was sent',
    basis: ['heuristic: secrets do not belong into answers'],
    probes: 'all',
    advice: 'Keys in answers end up in logs, caches and bug reports.',
    judge: judgeNoEcho,
  }),
];
