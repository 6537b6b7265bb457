import { type ContractCase, defineCase, type Finding, MOCK_ONLY, nothing, type Verdict } from '../case.ts';
import type { Exchange } from '../exchange.ts';
import {
  describeAnswer,
  isBinary,
  isCall,
  judgeAccepted,
  judgeRefusal,
  judgeSurvived,
  reactionOf,
} from '../expectations.ts';
import { twinExchange } from '../learn/window.ts';
import { pageOf, type RunView } from '../run-view.ts';
import { pageDifference } from '../same-page.ts';

const CONTROL = 'preflight/accepted';
/** Probes whose page is compared with: {@link twinExchange}. */
const TWIN = ['page/first', 'page/window'];
/** One request with everything that clients of all kinds add. */
const CLIENT = 'protocol/client-headers';
const POST = '#/paths/*/post';

/**
 * A page asked for in another way must be the twin's page. A refusal is a defect of the mock, whose document
 * promises the feature, and an observation for every other server.
 */
export function judgeEquivalent(view: RunView, probe: string): Verdict {
  const [exchange] = view.exchanges(probe);
  const twin = twinExchange(view);
  const twinPage = pageOf(twin);
  const page = pageOf(exchange);
  if (exchange === undefined) return nothing(`${probe} was not sent`);
  if (twinPage === undefined) return nothing(`its control, the plain POST, got ${describeAnswer(twin)}`);
  if (page === undefined) {
    const isLearnable = view.settings.audience !== 'mock' && reactionOf(exchange) !== undefined;
    const unimplemented = exchange.answer?.status === 501 && view.settings.audience !== 'mock';
    const findings =
      isLearnable || unimplemented
        ? []
        : [{ expected: '200 with the same page', got: describeAnswer(exchange), exchange }];
    return { subjects: 1, findings, observed: 'refused' };
  }
  const difference = pageDifference(twinPage, page);
  const findings = difference === undefined ? [] : [{ ...difference, exchange }];
  return { subjects: 1, findings, observed: 'supported' };
}

function judgeUnknownEncoding(view: RunView): Verdict {
  const isMock = view.settings.audience === 'mock';
  return judgeRefusal(view, {
    probe: 'protocol/unknown-encoding',
    control: CONTROL,
    statuses: isMock ? [501] : [501, 415, 400, 404],
    ...(isMock ? { codes: ['unimplemented'] } : {}),
  });
}

function mediaTypeOf({ answer }: Exchange): string {
  return (answer?.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

function judgeOk(view: RunView): Verdict {
  const successes = view
    .all()
    .filter(isCall)
    .filter(({ answer }) => answer !== undefined && answer.status >= 200 && answer.status < 300);
  const findings = successes.flatMap((exchange): Finding[] => {
    const expected = isBinary(exchange) ? 'application/proto' : 'application/json';
    if (exchange.answer?.status !== 200)
      return [{ expected: 'status 200', got: String(exchange.answer?.status), exchange }];
    const type = mediaTypeOf(exchange);
    if (type === expected) return [];
    return [{ expected, got: type === '' ? 'no media type' : type, where: 'Content-Type', exchange }];
  });
  return { subjects: successes.length, findings };
}

/** Wire rules that hold for every RPC of Connect. */
export const PROTOCOL_CASES: readonly ContractCase[] = [
  defineCase('protocol/success-is-200-json', {
    title: 'A page comes with exactly 200 and the media type application/json',
    basis: [`${POST}/responses/200`, '#/components/responses/Page/content', 'connect: unary responses'],
    probes: 'all',
    advice:
      'Connect clients treat every other status as an error and every other media type as a broken server.',
    judge: judgeOk,
  }),
  defineCase('protocol/charset', {
    title: 'The media type may carry charset=utf-8',
    basis: [`${POST}/requestBody/content/**`],
    probes: [CLIENT],
    advice: 'Compare the media type without its parameters.',
    judge: (view) => judgeAccepted(view, CLIENT),
  }),
  defineCase('protocol/get-equals-post', {
    title: 'Connect GET gives the page that POST gives',
    basis: ['#/paths/*/get/**', '#/paths/*/*/x-connect-idempotency'],
    probes: ['protocol/get', ...TWIN],
    advice: 'The procedure has no side effects, so Connect clients may use GET.',
    judge: (view) => judgeEquivalent(view, 'protocol/get'),
  }),
  defineCase('protocol/gzip-request', {
    title: 'A gzip-compressed request is understood',
    basis: ['#/components/parameters/ContentEncoding/**'],
    probes: ['protocol/gzip-request', ...TWIN],
    advice: 'Connect servers decompress by Content-Encoding.',
    judge: (view) => judgeEquivalent(view, 'protocol/gzip-request'),
  }),
  defineCase('protocol/gzip-response', {
    title: 'A caller that accepts gzip gets the same page, and compression is declared when applied',
    basis: [
      '#/components/parameters/AcceptEncoding/**',
      '#/components/headers/ContentEncoding/**',
      '#/components/headers/AcceptEncoding/**',
      '#/components/headers/Vary/**',
    ],
    probes: ['protocol/gzip-response', ...TWIN],
    advice: 'Declare Content-Encoding exactly when the body is compressed.',
    judge: (view) => judgeEquivalent(view, 'protocol/gzip-response'),
  }),
  defineCase('protocol/unknown-encoding', {
    title: 'A compression nobody knows is refused, not read as plain text',
    basis: [
      '#/components/responses/Unimplemented/**',
      `${POST}/responses/501`,
      'connect: unary requests, Content-Encoding',
    ],
    probes: [CONTROL, 'protocol/unknown-encoding'],
    advice: 'Connect answers unimplemented (501; 404 in older servers).',
    judge: judgeUnknownEncoding,
  }),
  defineCase('protocol/corrupt-gzip', {
    title: 'A body that is declared gzip and is not is refused with 400',
    basis: ['#/components/responses/InvalidArgument/**'],
    probes: ['protocol/gzip-request', 'protocol/corrupt-gzip'],
    precondition: 'gzip requests are understood',
    advice: 'A decompression error must not become a 5xx or be ignored.',
    judge: (view) =>
      judgeRefusal(view, {
        probe: 'protocol/corrupt-gzip',
        control: 'protocol/gzip-request',
        statuses: [400],
        codes: ['invalid_argument'],
      }),
  }),
  defineCase('protocol/version-1', {
    title: 'Connect-Protocol-Version: 1 is accepted',
    basis: ['#/components/parameters/ConnectProtocolVersion/**'],
    probes: [CLIENT],
    advice: 'Connect clients send it with every request.',
    judge: (view) => judgeAccepted(view, CLIENT),
  }),
  defineCase('protocol/version-2', {
    title: 'Another Connect-Protocol-Version is refused with 400',
    basis: ['#/components/parameters/ConnectProtocolVersion/**'],
    severity: MOCK_ONLY,
    probes: [CONTROL, 'protocol/version-2'],
    advice: 'connect-go refuses versions it does not speak; connect-es answers them.',
    judge: (view) =>
      judgeRefusal(view, {
        probe: 'protocol/version-2',
        control: CONTROL,
        statuses: [400],
        codes: ['invalid_argument'],
      }),
  }),
  defineCase('protocol/timeout-accepted', {
    title: 'Connect-Timeout-Ms with a generous deadline is accepted',
    basis: ['#/components/parameters/ConnectTimeoutMs/**'],
    probes: [CLIENT],
    advice: 'Clients with a deadline send it with every request.',
    judge: (view) => judgeAccepted(view, CLIENT),
  }),
  defineCase('protocol/timeout-malformed', {
    title: 'A Connect-Timeout-Ms that is no number is refused with 400',
    basis: [
      '#/components/parameters/ConnectTimeoutMs/**',
      '#/components/responses/DeadlineExceeded/**',
      `${POST}/responses/504`,
    ],
    probes: [CONTROL, 'protocol/timeout-bad'],
    advice: 'A deadline that is ignored silently is a request that runs for ever.',
    judge: (view) =>
      judgeRefusal(view, {
        probe: 'protocol/timeout-bad',
        control: CONTROL,
        statuses: [400],
        codes: ['invalid_argument'],
      }),
  }),
  defineCase('protocol/api-version', {
    title: 'The version header of the SDK is accepted',
    basis: ['#/components/parameters/ApiVersion/**'],
    probes: [CLIENT],
    advice: 'The official SDK sends X-Formal-API-Version with every request.',
    judge: (view) => judgeAccepted(view, CLIENT),
  }),
  defineCase('protocol/binary-error-survived', {
    title: 'A refused binary request is no server error',
    basis: ['connect: unary responses, errors'],
    probes: ['auth/no-key-binary'],
    precondition: 'binary requests are supported',
    advice: 'Errors of binary requests pass through the same table of codes.',
    judge: (view) => judgeSurvived(view, 'auth/no-key-binary'),
  }),
];
