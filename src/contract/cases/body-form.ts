import { messageFromBinary, messageToBinary } from '../../connect/proto-message.ts';
import { type ContractCase, defineCase, type Finding, nothing, type Verdict } from '../case.ts';
import type { Exchange } from '../exchange.ts';
import { describeAnswer, isBinary, isCall, reactionOf } from '../expectations.ts';
import { twinExchange } from '../learn/window.ts';
import { pageOf, type RunView } from '../run-view.ts';
import { pageDifference } from '../same-page.ts';

const TWIN = ['page/first', 'page/window'];

function judgeOneJsonValue(view: RunView): Verdict {
  const answers = view.all().filter((exchange) => isCall(exchange) && exchange.answer !== undefined);
  const pages = answers.filter((exchange) => exchange.answer?.status === 200 && !isBinary(exchange));
  const findings = pages.flatMap((exchange): Finding[] => {
    const json = exchange.answer?.json;
    return json?.ok === false ? [{ expected: 'one JSON value in UTF-8', got: json.reason, exchange }] : [];
  });
  return { subjects: pages.length, findings: [...findings, ...answers.flatMap(twiceIn)] };
}

/** Keys that stand twice, in pages and in errors. That an error is no JSON is the finding of another case. */
function twiceIn(exchange: Exchange): Finding[] {
  const json = exchange.answer?.json;
  if (json?.ok !== true) return [];
  return json.duplicateKeys.map((key) => ({
    expected: 'every key once',
    got: `the key ${JSON.stringify(key)} twice`,
    exchange,
  }));
}

function judgeNoRedirect(view: RunView): Verdict {
  const answered = view.all().filter(({ answer }) => answer !== undefined);
  const redirects = answered.filter(
    ({ answer }) => answer !== undefined && answer.status >= 300 && answer.status < 400,
  );
  const findings = redirects.map((exchange) => ({
    expected: 'an answer',
    got: `${exchange.answer?.status} to another place`,
    where: 'Location',
    exchange,
  }));
  return { subjects: answered.length, findings };
}

function judgeDeclaredEncoding(view: RunView): Verdict {
  const answered = view.all().filter(({ answer }) => answer !== undefined && answer.wireBody.byteLength > 0);
  const findings = answered.flatMap((exchange) => encodingFindings(exchange));
  return { subjects: answered.length, findings };
}

function encodingFindings(exchange: Exchange): Finding[] {
  const { answer } = exchange;
  if (answer === undefined) return [];
  const where = 'Content-Encoding';
  if (answer.encodingProblem !== undefined) {
    return [{ expected: 'the declared encoding', got: answer.encodingProblem, where, exchange }];
  }
  const isGzip = answer.wireBody[0] === 0x1f && answer.wireBody[1] === 0x8b;
  const isDeclared = (answer.headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity';
  if (isGzip && !isDeclared)
    return [{ expected: 'compression declared', got: 'gzip without Content-Encoding', where, exchange }];
  const accepted = exchange.request.headers.some(
    ([name, value]) => name.toLowerCase() === 'accept-encoding' && value.includes('gzip'),
  );
  // connect-go answers a compressed request in kind.
  const sentCompressed = exchange.request.headers.some(([name]) => name.toLowerCase() === 'content-encoding');
  if (!isDeclared || accepted || sentCompressed) return [];
  return [
    {
      expected: 'no compression nobody asked for',
      got: String(answer.headers['content-encoding']),
      where,
      exchange,
    },
  ];
}

function judgeBinary(view: RunView): Verdict {
  const [exchange] = view.exchanges('protocol/binary');
  const twin = twinExchange(view);
  const page = pageOf(twin?.original ?? twin);
  if (exchange === undefined) return nothing('protocol/binary was not sent');
  if (page === undefined) return nothing(`its control, the plain POST, got ${describeAnswer(twin)}`);
  if (exchange.answer?.status !== 200) {
    const isLearnable = view.settings.audience !== 'mock' && reactionOf(exchange) === 'refused';
    const findings = isLearnable
      ? []
      : [{ expected: '200 with the binary page', got: describeAnswer(exchange), exchange }];
    return { subjects: 1, findings, observed: 'refused' };
  }
  return { subjects: 1, findings: compareBinary(view, exchange, page), observed: 'supported' };
}

function compareBinary(
  view: RunView,
  exchange: Exchange,
  page: Readonly<Record<string, unknown>>,
): Finding[] {
  const { output } = view.settings.document.procedure;
  try {
    const decoded = messageFromBinary(output, exchange.answer?.body ?? new Uint8Array());
    const difference = pageDifference(messageFromBinary(output, messageToBinary(output, page)), decoded);
    return difference === undefined ? [] : [{ ...difference, exchange }];
  } catch (error) {
    return [
      { expected: 'a binary message', got: error instanceof Error ? error.message : String(error), exchange },
    ];
  }
}

/** How bodies are written. */
export const BODY_FORM_CASES: readonly ContractCase[] = [
  defineCase('protocol/one-json-value', {
    title: 'A JSON body is one value in UTF-8, without byte order mark and without a key twice',
    basis: ['proto3-json: RFC 8259', '#/components/responses/Page/content'],
    probes: 'all',
    advice:
      'Readers differ in what they make of broken JSON; some silently drop the first of two equal keys.',
    judge: judgeOneJsonValue,
  }),
  defineCase('protocol/no-redirect', {
    title: 'No answer is a redirect',
    basis: ['#/paths/*/*/responses', '#/servers/**'],
    probes: 'all',
    advice: 'A redirect would carry the key to another place; Connect clients do not follow it.',
    judge: judgeNoRedirect,
  }),
  defineCase('protocol/encoding-declared', {
    title: 'A body is encoded as its Content-Encoding says, and only for callers that accept it',
    basis: ['#/components/headers/ContentEncoding/**', 'connect: unary responses, Content-Encoding'],
    probes: 'all',
    advice: 'A proxy that compresses, or one that strips the header, breaks every client.',
    judge: judgeDeclaredEncoding,
  }),
  defineCase('protocol/binary-equals-json', {
    title: 'application/proto gives the same page as JSON',
    basis: [
      '#/components/schemas/**/x-proto-field',
      '#/components/schemas/**/x-proto-message',
      '#/x-proto-package',
      '#/components/responses/Page/content/application~1proto/**',
      '#/paths/*/post/requestBody/content/application~1proto/**',
    ],
    probes: ['protocol/binary', ...TWIN],
    advice: 'The official SDK speaks binary; check field numbers.',
    judge: judgeBinary,
  }),
  defineCase('protocol/binary-error-is-json', {
    title: 'The error of a binary request is JSON',
    basis: ['connect: unary responses, errors', '#/components/responses/InvalidArgument/content/**'],
    probes: ['protocol/binary', 'auth/no-key-binary'],
    precondition: 'binary requests are supported',
    advice: 'Connect errors are JSON whatever the encoding of the request.',
    judge: judgeBinaryError,
  }),
];

function judgeBinaryError(view: RunView): Verdict {
  const [exchange] = view.exchanges('auth/no-key-binary');
  if (exchange === undefined) return nothing('binary requests are not supported here');
  // A page without a key is the finding of another case.
  if (exchange.answer?.status === 200) return nothing('it was not refused');
  const type = (exchange.answer?.headers['content-type'] ?? '').split(';')[0];
  const findings: Finding[] = [];
  if (exchange.answer?.status !== 401)
    findings.push({ expected: '401', got: describeAnswer(exchange), exchange });
  if (type !== 'application/json')
    findings.push({
      expected: 'application/json',
      got: type === '' ? 'no media type' : String(type),
      where: 'Content-Type',
      exchange,
    });
  return { subjects: 1, findings };
}
