import { type ContractCase, defineCase, type Finding, MOCK_ONLY, nothing, type Verdict } from '../case.ts';
import { describeAnswer, judgeAccepted, judgeRefusals, reactionOf } from '../expectations.ts';
import { type RunView, sessionsOf } from '../run-view.ts';

const REQUEST = '#/components/schemas/ListSessionsV2Request';
const CONTROL = 'preflight/accepted';
const REFUSED = ['#/components/responses/InvalidArgument/**', '#/paths/*/*/responses/400'];

interface RefusedBody {
  readonly id: `body/${string}`;
  readonly probes: readonly string[];
  readonly title: string;
  readonly basis: readonly string[];
  readonly advice: string;
  readonly isMockOnly?: boolean;
}

function refusedBody({ id, probes, isMockOnly, ...rest }: RefusedBody): ContractCase {
  return defineCase(id, {
    ...rest,
    ...(isMockOnly === true ? { severity: MOCK_ONLY } : {}),
    probes: [CONTROL, ...probes],
    judge: (view) => {
      const sent = probes.filter((probe) => view.exchanges(probe).length > 0);
      const verdict = judgeRefusals(
        view,
        sent.map((probe) => ({ probe, control: CONTROL, statuses: [400], codes: ['invalid_argument'] })),
      );
      const [exchange] = view.exchanges(probes[0] ?? '');
      return { ...verdict, observed: `it is ${reactionOf(exchange) ?? describeAnswer(exchange)}` };
    },
  });
}

function judgeSnakeCase(view: RunView): Verdict {
  const [exchange] = view.exchanges('body/snake-case');
  if (exchange === undefined) return nothing('not sent');
  const accepted = judgeAccepted(view, 'body/snake-case');
  if (accepted.findings.length > 0) return accepted;
  if (sessionsOf(view.exchanges(CONTROL)[0]).length === 0)
    return nothing('without sessions an ignored window looks like a respected one');
  const isIgnored = sessionsOf(exchange).length > 0;
  return {
    subjects: 1,
    findings: isIgnored
      ? [
          {
            expected: 'the window of 2001, written in snake_case, to count',
            got: describeAnswer(exchange),
            where: '/sessions',
            exchange,
          },
        ]
      : [],
  };
}

/** Refused, or the connection is cut: both end the upload. Never a 5xx, never a page, never silence. */
function judgeHuge(view: RunView, probe: string): Verdict {
  const [exchange] = view.exchanges(probe);
  if (exchange === undefined) return nothing(`${probe} was not sent`);
  const { answer, failure } = exchange;
  const isCut = answer === undefined && failure?.kind === 'broken';
  const isRefused = answer !== undefined && answer.status >= 400 && answer.status < 500;
  const findings: Finding[] =
    isCut || isRefused ? [] : [{ expected: 'a refusal (4xx)', got: describeAnswer(exchange), exchange }];
  return { subjects: 1, findings };
}

/** Bodies around the message. */
export const BODY_CASES: readonly ContractCase[] = [
  defineCase('body/unknown-field-ignored', {
    title: 'A field the message does not have is ignored',
    basis: [`${REQUEST}/description`, 'proto3-json: unknown fields'],
    probes: ['body/snake-case'],
    advice:
      'Newer clients must be able to talk to older servers; the documented sample request is one unknown field.',
    judge: (view) => judgeAccepted(view, 'body/snake-case'),
  }),
  defineCase('body/snake-case', {
    title: 'Fields may be written in snake_case',
    basis: [`${REQUEST}/description`, 'proto3-json: field names'],
    probes: [CONTROL, 'body/snake-case'],
    precondition: 'there are sessions',
    advice: 'Proto3 JSON readers accept proto names; ignoring them drops filters silently.',
    judge: judgeSnakeCase,
  }),
  refusedBody({
    id: 'body/wrong-types',
    probes: ['body/query-number', 'body/sort-number', 'body/time-number', 'body/cursor-number'],
    title: 'A text field that is no text is refused with 400',
    basis: [`${REQUEST}/properties/*/type`, ...REFUSED],
    advice: 'Types are coerced silently, or a wrong type escapes as a 5xx.',
  }),
  refusedBody({
    id: 'body/malformed',
    probes: ['body/malformed'],
    title: 'A body that is cut off is refused with 400',
    basis: ['proto3-json: RFC 8259', ...REFUSED],
    advice: 'A parse error is ignored, or escapes as a 5xx.',
  }),
  refusedBody({
    id: 'body/empty',
    probes: ['body/empty'],
    title: 'An empty body is refused with 400',
    basis: ['#/paths/*/post/requestBody/required', '#/paths/*/post/requestBody/description', ...REFUSED],
    advice: 'Zero bytes are not a JSON value.',
  }),
  refusedBody({
    id: 'body/not-an-object',
    probes: ['body/array', 'body/null', 'body/text', 'body/number'],
    title: 'A body that is no object is refused with 400',
    basis: [`${REQUEST}/type`, ...REFUSED],
    advice: 'A message is a JSON object.',
  }),
  refusedBody({
    id: 'body/trailing-text',
    probes: ['body/trailing'],
    title: 'Text after the message is refused with 400',
    basis: ['proto3-json: RFC 8259', ...REFUSED],
    advice: 'The reader stops after the first value.',
  }),
  refusedBody({
    id: 'body/duplicate-key',
    probes: ['body/duplicate-key'],
    title: 'A key that stands twice is refused with 400',
    basis: [`${REQUEST}/description`, 'proto3-json: duplicate names'],
    advice: 'Go refuses it; readers built on JSON.parse take the last.',
    isMockOnly: true,
  }),
  refusedBody({
    id: 'body/not-utf8',
    probes: ['body/not-utf8'],
    title: 'Bytes that are not UTF-8 are refused with 400',
    basis: ['proto3-json: RFC 8259'],
    advice: 'Lenient decoders put a replacement character there.',
    isMockOnly: true,
  }),
  refusedBody({
    id: 'body/byte-order-mark',
    probes: ['body/byte-order-mark'],
    title: 'A byte order mark is refused with 400',
    basis: ['proto3-json: RFC 8259'],
    advice: 'Some readers skip it.',
    isMockOnly: true,
  }),
  defineCase('body/deep-nesting', {
    title: 'Twenty thousand open brackets are refused and hurt nobody',
    basis: ['heuristic: input must not exhaust the stack'],
    probes: ['body/deep'],
    precondition: 'never sent to the live service',
    advice: 'A recursive reader without a depth limit.',
    judge: (view) => judgeHuge(view, 'body/deep'),
  }),
  defineCase('body/oversize', {
    title: 'A message of 8 MB is refused',
    basis: ['heuristic: input must be bounded'],
    probes: ['body/oversize'],
    precondition: 'never sent to the live service',
    advice: 'connect-go answers resource_exhausted; proxies answer 413.',
    judge: (view) => judgeHuge(view, 'body/oversize'),
  }),
];
