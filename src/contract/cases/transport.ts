import { type ContractCase, defineCase, type Finding, MOCK_ONLY, type Verdict, WARNED } from '../case.ts';
import type { Exchange } from '../exchange.ts';
import { describeAnswer, judgeRefusal } from '../expectations.ts';
import { pageOf, type RunView } from '../run-view.ts';

const CONTROL = 'preflight/accepted';
const POST = '#/paths/*/post';

const VERBS = ['protocol/put', 'protocol/other-verbs'];

function judgeVerbs(view: RunView): Verdict {
  const exchanges = VERBS.flatMap((probe) => view.exchanges(probe));
  const findings = exchanges.flatMap((exchange): Finding[] => {
    const expected = wrongAnswerToVerb(exchange);
    return expected === undefined ? [] : [{ expected, got: describeAnswer(exchange), exchange }];
  });
  return { subjects: exchanges.length, findings };
}

/**
 * What a verb should have got; undefined where the answer is right. HEAD may be refused in any way, and OPTIONS may
 * be answered for browsers, as long as neither runs the RPC.
 */
function wrongAnswerToVerb(exchange: Exchange): string | undefined {
  const { request, answer } = exchange;
  const status = answer?.status ?? 0;
  if (request.method === 'OPTIONS') {
    const page = pageOf(exchange) ?? {};
    return 'sessions' in page || 'listMetadata' in page ? 'no page for OPTIONS' : undefined;
  }
  if (request.method === 'HEAD')
    return status >= 400 ? undefined : '405 for HEAD, because it carries no message';
  return status === 405 ? undefined : `405 for ${request.method}`;
}

function judgeAllow(view: RunView): Verdict {
  const exchanges = VERBS.flatMap((probe) => view.exchanges(probe));
  const refused = exchanges.filter(({ answer }) => answer?.status === 405);
  const findings = refused.flatMap((exchange): Finding[] => {
    const allow = exchange.answer?.headers['allow'] ?? '';
    const methods = allow.split(',').map((method) => method.trim());
    return methods.includes('POST') && methods.includes('GET')
      ? []
      : [
          {
            expected: 'Allow: GET, POST',
            got: allow === '' ? 'no Allow' : `Allow: ${allow}`,
            where: 'Allow',
            exchange,
          },
        ];
  });
  return { subjects: refused.length, findings };
}

function judgeAcceptPost(view: RunView): Verdict {
  const exchanges = ['protocol/wrong-media-type', 'protocol/no-media-type'].flatMap((probe) =>
    view.exchanges(probe),
  );
  const refused = exchanges.filter(({ answer }) => answer?.status === 415);
  const findings = refused.flatMap((exchange): Finding[] => {
    const accepted = exchange.answer?.headers['accept-post'] ?? '';
    if (accepted.includes('application/json')) return [];
    return [
      {
        expected: 'Accept-Post with application/json',
        got: accepted === '' ? 'none' : accepted,
        where: 'Accept-Post',
        exchange,
      },
    ];
  });
  return { subjects: refused.length, findings };
}

const UNKNOWN = ['protocol/unknown-rpc', 'protocol/unknown-service'];

function judgeUnknownRpc(view: RunView): Verdict {
  const exchanges = UNKNOWN.flatMap((probe) => view.exchanges(probe));
  const wrong = exchanges.filter(({ answer }) => {
    const status = answer?.status ?? 0;
    return !((status >= 400 && status < 500) || status === 501);
  });
  const findings = wrong.map((exchange) => ({
    expected: '404 (or 501)',
    got: describeAnswer(exchange),
    where: exchange.request.path,
    exchange,
  }));
  return { subjects: exchanges.length, findings };
}

/** What HTTP itself decides before there is an RPC. */
export const TRANSPORT_CASES: readonly ContractCase[] = [
  defineCase('protocol/wrong-media-type', {
    title: 'A body that is not declared as JSON or proto is refused with 415',
    basis: ['#/components/responses/UnsupportedMediaType/**', `${POST}/responses/415`],
    probes: [CONTROL, 'protocol/wrong-media-type'],
    advice: 'Reading text/plain as JSON opens the RPC to cross-site form posts.',
    judge: (view) =>
      judgeRefusal(view, { probe: 'protocol/wrong-media-type', control: CONTROL, statuses: [415] }),
  }),
  defineCase('protocol/missing-media-type', {
    title: 'A body without a media type is refused with 415',
    basis: ['#/components/responses/UnsupportedMediaType/**'],
    severity: WARNED,
    probes: [CONTROL, 'protocol/no-media-type'],
    advice: 'connect-go answers 415.',
    judge: (view) =>
      judgeRefusal(view, { probe: 'protocol/no-media-type', control: CONTROL, statuses: [415] }),
  }),
  defineCase('protocol/accept-post', {
    title: 'A 415 names the media types that are read in Accept-Post',
    basis: ['#/components/headers/AcceptPost/**', '#/components/responses/UnsupportedMediaType/headers/**'],
    severity: MOCK_ONLY,
    probes: ['protocol/wrong-media-type', 'protocol/no-media-type'],
    advice: 'connect-go lists them; other servers need not.',
    judge: judgeAcceptPost,
  }),
  defineCase('protocol/foreign-verb', {
    title: 'Methods other than POST and GET are refused with 405',
    basis: ['#/components/responses/MethodNotAllowed/description', '#/paths/*/*/responses/405'],
    probes: VERBS,
    advice: 'The route answers any method.',
    judge: judgeVerbs,
  }),
  defineCase('protocol/allow-header', {
    title: 'A 405 names the allowed methods in Allow',
    basis: ['#/components/responses/MethodNotAllowed/headers/**', '#/components/headers/Allow/**'],
    severity: MOCK_ONLY,
    probes: VERBS,
    advice: 'RFC 9110 requires Allow in a 405; connect-go writes `GET, POST`.',
    judge: judgeAllow,
  }),
  defineCase('protocol/unknown-rpc', {
    title: 'An RPC or a service that does not exist is never a success',
    basis: ['#/components/responses/NotFound/**', '#/paths/*/*/responses/404'],
    probes: UNKNOWN,
    advice: 'A catch-all route (a single-page application, a proxy) answers for everything.',
    judge: judgeUnknownRpc,
  }),
];
