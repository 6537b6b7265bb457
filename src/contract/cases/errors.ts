import {
  type ContractCase,
  defineCase,
  type Finding,
  nothing,
  type Severities,
  type Verdict,
} from '../case.ts';
import type { Exchange } from '../exchange.ts';
import { codeOf, describeAnswer, isCall, statusFitsCode } from '../expectations.ts';
import { internalsIn } from '../internals.ts';
import { groupFindings } from '../pages.ts';
import { isObject, jsonValue, type RunView } from '../run-view.ts';
import { shownTexts } from '../shown-texts.ts';

const ERROR = '#/components/schemas/ConnectError';
/** Statuses that HTTP servers give before there is an RPC; they may be bare. */
const BARE = [404, 405, 413, 415, 431];
/** Probes of what a server need not support, which is 501, and of a deadline, which may be 504. */
const ASKED_FOR: Readonly<Record<string, readonly number[]>> = {
  'protocol/unknown-encoding': [501],
  'protocol/unknown-rpc': [501],
  'protocol/unknown-service': [501],
  'protocol/other-verbs': [501],
  'protocol/gzip-request': [501],
  'protocol/corrupt-gzip': [501],
  'protocol/get': [501],
  'protocol/binary': [501],
  'protocol/timeout-bad': [504],
};

/** Exchanges that were not repeated: what a retry heals is no failure. */
function counting(view: RunView): readonly Exchange[] {
  return view.all().filter(({ isSuperseded }) => isSuperseded !== true);
}

function refusals(view: RunView): readonly Exchange[] {
  return counting(view).filter(
    (exchange) => isCall(exchange) && exchange.answer !== undefined && exchange.answer.status >= 400,
  );
}

/** Errors that must be Connect errors: all that are not bare answers of an HTTP server. */
function connectErrors(view: RunView): readonly Exchange[] {
  return refusals(view).filter(({ answer }) => {
    const isBare = BARE.includes(answer?.status ?? 0) && codeOfAnswer(answer) === undefined;
    return !isBare;
  });
}

function codeOfAnswer(answer: Exchange['answer']): unknown {
  const body = jsonValue(answer?.json);
  return isObject(body) ? body['code'] : undefined;
}

function judgeEach(
  exchanges: readonly Exchange[],
  check: (exchange: Exchange) => Finding | undefined,
): Verdict {
  const findings = exchanges.flatMap((exchange) => check(exchange) ?? []);
  return { subjects: exchanges.length, findings: groupFindings(findings), reason: 'no error was seen' };
}

function judgeEnvelope(view: RunView): Verdict {
  const { validateError } = view.settings.document;
  return judgeEach(connectErrors(view), (exchange) => {
    const json = exchange.answer?.json;
    if (json?.ok !== true)
      return {
        expected: 'a Connect error in JSON',
        got: `${exchange.answer?.status}: ${json?.reason ?? 'nothing'}`,
        exchange,
      };
    const [violation] = validateError(json.value).filter(
      ({ rule, pointer }) => !(rule === 'enum' && pointer === '/code') && !pointer.startsWith('/details'),
    );
    return (
      violation && {
        expected: 'what the document says of errors',
        got: violation.message,
        where: violation.pointer,
        exchange,
      }
    );
  });
}

function judgeCode(view: RunView): Verdict {
  const withStatus = connectErrors(view).filter((exchange) => codeOf(exchange) !== undefined);
  return judgeEach(withStatus, (exchange) => {
    const code = codeOf(exchange) ?? '';
    const status = exchange.answer?.status ?? 0;
    return statusFitsCode(status, code)
      ? undefined
      : { expected: 'a status that belongs to the code', got: `${status} ${code}`, exchange };
  });
}

function judgeKnownCode(view: RunView): Verdict {
  const { validateError } = view.settings.document;
  return judgeEach(
    connectErrors(view).filter((exchange) => codeOf(exchange) !== undefined),
    (exchange) => {
      const isUnknown = validateError({ code: codeOf(exchange) }).length > 0;
      return isUnknown
        ? {
            expected: 'one of the sixteen codes of Connect',
            got: JSON.stringify(codeOf(exchange)),
            where: '/code',
            exchange,
          }
        : undefined;
    },
  );
}

function judgeDetails(view: RunView): Verdict {
  const { validateError } = view.settings.document;
  const detailed = refusals(view).filter(({ answer }) => {
    const body = jsonValue(answer?.json);
    return isObject(body) && body['details'] !== undefined;
  });
  const verdict = judgeEach(detailed, (exchange) => {
    const [violation] = validateError(jsonValue(exchange.answer?.json)).filter(({ pointer }) =>
      pointer.startsWith('/details'),
    );
    return (
      violation && {
        expected: 'a list of {type, value}',
        got: violation.message,
        where: violation.pointer.replace(/\d+/g, '*'),
        exchange,
      }
    );
  });
  return { ...verdict, reason: 'no error had details' };
}

function judgeMediaType(view: RunView): Verdict {
  return judgeEach(connectErrors(view), (exchange) => {
    const type = (exchange.answer?.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
    if (type === 'application/json') return undefined;
    return {
      expected: 'application/json',
      got: type === '' ? 'no media type' : String(type),
      where: 'Content-Type',
      exchange,
    };
  });
}

function judgeInternals(view: RunView): Verdict {
  return judgeEach(refusals(view), (exchange) => {
    const shown = shownTexts(exchange)
      .map(({ text, where }) => ({ what: internalsIn(text), where }))
      .find(({ what }) => what !== undefined);
    return (
      shown && {
        expected: 'no stack, path or statement of the server',
        got: shown.what ?? '',
        where: shown.where,
        exchange,
      }
    );
  });
}

function judgeNoServerError(view: RunView): Verdict {
  const answered = counting(view).filter(({ answer }) => answer !== undefined);
  const findings = answered.flatMap((exchange): Finding[] => {
    const status = exchange.answer?.status ?? 0;
    const isAskedFor = ASKED_FOR[exchange.probe]?.includes(status) ?? false;
    return status >= 500 && !isAskedFor
      ? [{ expected: 'no server error', got: describeAnswer(exchange), where: exchange.probe, exchange }]
      : [];
  });
  return { subjects: answered.length, findings };
}

function judgeAnswered(view: RunView): Verdict {
  // A connection cut during an upload of 8 MB is a refusal.
  const judged = view.all().filter(({ probe }) => probe !== 'body/oversize' && probe !== 'body/deep');
  const silent = judged.filter(({ answer }) => answer === undefined);
  const findings = silent.map((exchange) => ({
    expected: 'an answer',
    got: describeAnswer(exchange),
    where: exchange.probe,
    exchange,
  }));
  return { subjects: judged.length, findings };
}

function judgeStable(view: RunView): Verdict {
  const [first] = view.exchanges('limits/negative');
  const [again] = view.exchanges('errors/again');
  if (first === undefined || again === undefined) return nothing('not sent');
  const isEqual = first.answer?.status === again.answer?.status && codeOf(first) === codeOf(again);
  return {
    subjects: 1,
    findings: isEqual
      ? []
      : [{ expected: describeAnswer(first), got: describeAnswer(again), exchange: again }],
  };
}

const ASKED: Severities = { mock: 'fail', any: 'fail', live: 'fail' };

/** Every refusal of the run. Texts of messages are never judged. */
export const ERROR_CASES: readonly ContractCase[] = [
  defineCase('errors/envelope', {
    title: 'Errors are Connect errors: a JSON object with a code',
    basis: [
      `${ERROR}/type`,
      `${ERROR}/required`,
      `${ERROR}/properties/message/**`,
      '#/components/responses/*/content/**',
      '#/paths/*/*/responses/**',
    ],
    probes: 'all',
    advice: 'A proxy or a framework answers in its own form; clients cannot read it.',
    judge: judgeEnvelope,
  }),
  defineCase('errors/code', {
    title: 'The code is one of the sixteen of Connect',
    basis: [`${ERROR}/properties/code/**`],
    probes: 'all',
    advice: 'The published OpenAPI file has other words (invalid_request, unauthorized); the wire has these.',
    judge: judgeKnownCode,
  }),
  defineCase('errors/status-fits-code', {
    title: 'The HTTP status belongs to the code',
    basis: ['connect: error codes', `${ERROR}/properties/code/description`],
    probes: 'all',
    advice: 'Both the current table and that of servers before connect-go 1.16 are right.',
    judge: judgeCode,
  }),
  defineCase('errors/details', {
    title: 'Details are a list of typed messages',
    basis: [`${ERROR}/properties/details/**`, '#/components/schemas/ConnectErrorDetail/**'],
    probes: 'all',
    precondition: 'an error has details',
    advice: 'Each is {type, value} with the binary message in base64.',
    judge: judgeDetails,
  }),
  defineCase('errors/media-type', {
    title: 'Errors are declared as application/json',
    basis: ['#/components/responses/*/content', 'connect: unary responses, errors'],
    probes: 'all',
    advice: 'Connect clients read the error only when it is declared as JSON.',
    judge: judgeMediaType,
  }),
  defineCase('errors/no-internals', {
    title: 'Errors show no stack, path or statement of the server',
    basis: ['heuristic: errors are for callers', `${ERROR}/properties/message/description`],
    severity: ASKED,
    probes: 'all',
    advice: 'Unknown exceptions must become `internal` with a fixed text.',
    judge: judgeInternals,
  }),
  defineCase('errors/no-server-error', {
    title: 'No request of this suite gives a 5xx that was not asked for',
    basis: [
      '#/components/responses/Internal/**',
      '#/components/responses/Unavailable/**',
      '#/components/responses/DeadlineExceeded/**',
      '#/paths/*/*/responses/*',
    ],
    probes: 'all',
    advice: 'Bad input is a 4xx.',
    judge: judgeNoServerError,
  }),
  defineCase('errors/always-an-answer', {
    title: 'Every request gets a complete answer in time',
    basis: ['#/paths/*/*/responses'],
    probes: 'all',
    advice: 'The server hangs, crashes or sends without end.',
    judge: judgeAnswered,
  }),
  defineCase('errors/stable', {
    title: 'The same bad request gets the same status and code twice',
    basis: ['#/paths/*/*/x-connect-idempotency'],
    probes: ['limits/negative', 'errors/again'],
    advice: 'Something between client and service answers at times.',
    judge: judgeStable,
  }),
];
