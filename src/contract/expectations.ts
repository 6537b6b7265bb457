import { CODES, isCode } from '../connect/code.ts';
import { type Finding, nothing, type Verdict } from './case.ts';
import type { Exchange } from './exchange.ts';
import { isObject, jsonValue, pageOf, type RunView, sessionsOf } from './run-view.ts';

/** Statuses of codes in Connect before connect-go 1.16; both tables are right. Source: documented. */
const OLDER_STATUS: Readonly<Record<string, number>> = {
  canceled: 408,
  deadline_exceeded: 408,
  failed_precondition: 412,
  unimplemented: 404,
};

/** The code of a Connect error body; undefined where there is none. */
export function codeOf(exchange: Exchange | undefined): string | undefined {
  const body = jsonValue(exchange?.answer?.json);
  const code = isObject(body) ? body['code'] : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** True when an HTTP status is one of those a code may have, by the older or the newer table. */
export function statusFitsCode(status: number, code: string): boolean {
  return isCode(code) && (CODES[code].httpStatus === status || OLDER_STATUS[code] === status);
}

/** An answer in a few words: `400 invalid_argument`, `200 with 3 sessions`, `no answer within 10000 ms`. */
export function describeAnswer(exchange: Exchange | undefined): string {
  if (exchange === undefined) return 'nothing was sent';
  const { answer, failure } = exchange;
  if (answer === undefined) return `no answer: ${failure?.reason ?? 'unknown'}`;
  const code = codeOf(exchange);
  if (answer.status !== 200)
    return code === undefined ? `${answer.status} without a code` : `${answer.status} ${code}`;
  const page = pageOf(exchange);
  if (page === undefined) return `200 with a body that is no JSON object`;
  return `200 with ${count(sessionsOf(exchange).length, 'session')}`;
}

/** `1 session`, `2 sessions`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** What a refusal must look like. */
export interface Refusal {
  /** Probe with the fault. */
  readonly probe: string;
  /** Probe that differs only in the fault and must be answered with a page. */
  readonly control: string;
  /** HTTP statuses that are right. */
  readonly statuses: readonly number[];
  /** Codes that are right; absent where a bare status is enough. */
  readonly codes?: readonly string[];
}

/**
 * Judges a refusal beside its control twin. Without a control that succeeds a refusal proves nothing, so the
 * case is skipped then; that the control itself fails is the finding of another case.
 */
export function judgeRefusal(view: RunView, refusal: Refusal): Verdict {
  const exchange = view.exchanges(refusal.probe)[0];
  const control = view.exchanges(refusal.control).at(-1);
  if (exchange === undefined) return nothing(`${refusal.probe} was not sent`);
  if (!isSuccess(control)) {
    return nothing(
      `its control ${refusal.control} got ${describeAnswer(control)}, so a refusal proves nothing`,
    );
  }
  return { subjects: 1, findings: refusalFindings(exchange, refusal) };
}

/** True for a page, in JSON or in binary. */
function isSuccess(exchange: Exchange | undefined): boolean {
  if (exchange === undefined) return false;
  return pageOf(exchange) !== undefined || (isBinary(exchange) && exchange.answer?.status === 200);
}

/** True for a request in the binary form of the message. */
export function isBinary({ request }: Exchange): boolean {
  return request.headers.some(
    ([name, value]) => name.toLowerCase() === 'content-type' && value === 'application/proto',
  );
}

/** True where an answer has the form of an RPC: HEAD has no body by rule, and OPTIONS is a question of browsers. */
export function isCall({ request }: Exchange): boolean {
  return request.method !== 'HEAD' && request.method !== 'OPTIONS';
}

function refusalFindings(exchange: Exchange, { statuses, codes }: Refusal): Finding[] {
  const expected = `${statuses.join(' or ')}${codes === undefined ? '' : ` ${codes.join(' or ')}`}`;
  const { answer } = exchange;
  const isRight =
    answer !== undefined &&
    statuses.includes(answer.status) &&
    (codes === undefined || codes.includes(codeOf(exchange) ?? ''));
  return isRight ? [] : [{ expected, got: describeAnswer(exchange), exchange }];
}

/** Judges that a request is answered with a page. */
export function judgeAccepted(view: RunView, probe: string): Verdict {
  const exchange = view.exchanges(probe).at(-1);
  if (exchange === undefined) return nothing(`${probe} was not sent`);
  const findings =
    pageOf(exchange) === undefined
      ? [{ expected: '200 with a page', got: describeAnswer(exchange), exchange }]
      : [];
  return { subjects: 1, findings };
}

/** `accepted` for a page, `refused` for a 4xx, otherwise what came. */
export function reactionOf(exchange: Exchange | undefined): 'accepted' | 'refused' | undefined {
  if (pageOf(exchange) !== undefined) return 'accepted';
  const status = exchange?.answer?.status ?? 0;
  return status >= 400 && status < 500 ? 'refused' : undefined;
}

/** Judges that a request is survived: any page or refusal, but no 5xx, no hang, no broken answer. */
export function judgeSurvived(view: RunView, probe: string): Verdict {
  const exchange = view.exchanges(probe).at(-1);
  if (exchange === undefined) return nothing(`${probe} was not sent`);
  const status = exchange.answer?.status ?? 599;
  const findings =
    status >= 500 ? [{ expected: 'a page or a refusal (4xx)', got: describeAnswer(exchange), exchange }] : [];
  return { subjects: 1, findings, observed: describeAnswer(exchange) };
}

/** Joins verdicts of several subjects into one. */
export function joinVerdicts(verdicts: readonly Verdict[]): Verdict {
  const subjects = verdicts.reduce((sum, verdict) => sum + verdict.subjects, 0);
  const observed = verdicts.flatMap((verdict) => verdict.observed ?? []).join('; ');
  const reason = verdicts.find((verdict) => verdict.reason !== undefined)?.reason;
  return {
    subjects,
    findings: verdicts.flatMap((verdict) => verdict.findings),
    ...(observed === '' ? {} : { observed }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** Judges several refusals as one case. */
export function judgeRefusals(view: RunView, refusals: readonly Refusal[]): Verdict {
  return joinVerdicts(refusals.map((refusal) => judgeRefusal(view, refusal)));
}
