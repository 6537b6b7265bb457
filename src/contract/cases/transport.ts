import {
  type ContractCase,
  defineCase,
  type Finding,
  MOCK_ONLY,
  nothing,
  type Verdict,
  WARNED,
} from '../case.ts';
import { describeAnswer, judgeRefusal } from '../expectations.ts';
import type { RunView } from '../run-view.ts';

const CONTROL = 'preflight/accepted';
const POST = '#/paths/*/post';

function judgeVerbs(view: RunView): Verdict {
  const exchanges = ['protocol/put', 'protocol/delete'].flatMap((probe) => view.exchanges(probe));
  const wrong = exchanges.filter(({ answer }) => answer?.status !== 405);
  const findings = wrong.map((exchange) => ({ expected: '405', got: describeAnswer(exchange), exchange }));
  return { subjects: exchanges.length, findings };
}

function judgeAllow(view: RunView): Verdict {
  const exchanges = ['protocol/put', 'protocol/delete'].flatMap((probe) => view.exchanges(probe));
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

function judgeUnknownRpc(view: RunView): Verdict {
  const [exchange] = view.exchanges('protocol/unknown-rpc');
  if (exchange === undefined) return nothing('not sent');
  const status = exchange.answer?.status ?? 0;
  const isRight = (status >= 400 && status < 500) || status === 501;
  return {
    subjects: 1,
    findings: isRight ? [] : [{ expected: '404 (or 501)', got: describeAnswer(exchange), exchange }],
  };
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
    probes: ['protocol/put', 'protocol/delete'],
    advice: 'The route answers any method.',
    judge: judgeVerbs,
  }),
  defineCase('protocol/allow-header', {
    title: 'A 405 names the allowed methods in Allow',
    basis: ['#/components/responses/MethodNotAllowed/headers/**', '#/components/headers/Allow/**'],
    severity: MOCK_ONLY,
    probes: ['protocol/put', 'protocol/delete'],
    advice: 'RFC 9110 requires Allow in a 405; connect-go writes `GET, POST`.',
    judge: judgeAllow,
  }),
  defineCase('protocol/unknown-rpc', {
    title: 'An RPC that does not exist is never a success',
    basis: ['#/components/responses/NotFound/**', '#/paths/*/*/responses/404'],
    probes: ['protocol/unknown-rpc'],
    advice: 'A catch-all route (a single-page application, a proxy) answers for everything.',
    judge: judgeUnknownRpc,
  }),
];
