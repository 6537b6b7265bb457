import { formatDuration, parseDuration } from '../../connect/duration.ts';
import { formatTimestamp, parseTimestamp } from '../../connect/timestamp.ts';
import { compileValidator } from '../../openapi/compile-validator.ts';
import { type ContractCase, defineCase, type Finding, type Severities, type Verdict } from '../case.ts';
import { type DescribedValue, formatOf } from '../document-walk.ts';
import type { Exchange } from '../exchange.ts';
import { isCall } from '../expectations.ts';
import { allPages, countSessions, describedValues, groupFindings, pageParts } from '../pages.ts';
import { isObject, type RunView } from '../run-view.ts';

const MESSAGES = [
  '#/components/schemas/ListSessionsV2Response/**',
  '#/components/schemas/ListMetadata/**',
  '#/components/schemas/SessionObject/**',
  '#/components/schemas/SessionObject.*/**',
];
/** A heuristic never fails a live run. */
const PLAUSIBLE: Severities = { mock: 'fail', any: 'fail', live: 'warn' };
const MAX_INT32 = 2_147_483_647;

function starPath(pointer: string): string {
  return pointer.replace(/\/\d+(?=\/|$)/g, '/*');
}

function judgePages(view: RunView): Verdict {
  const { validatePage } = view.settings.document;
  const findings = allPages(view).flatMap(({ exchange, page }) =>
    // New values of an enumeration are growth, and the business of the drift cases.
    validatePage(page)
      .filter(({ rule }) => rule !== 'enum')
      .map(({ pointer, rule, message }) => ({
        expected: `what the document says (${rule})`,
        got: message.replace(/\b\d+(?=[.\]])/g, '*'),
        where: starPath(pointer),
        exchange,
      })),
  );
  return { subjects: countSessions(view), findings: groupFindings(findings) };
}

/** Walks every page as JSON, whatever the document says. */
function walkJson(
  value: unknown,
  visit: (path: string, key: string, item: unknown) => void,
  path = '',
): void {
  if (Array.isArray(value)) for (const item of value) walkJson(item, visit, `${path}/*`);
  else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      visit(`${path}/${key}`, key, item);
      walkJson(item, visit, `${path}/${key}`);
    }
  }
}

function judgeJson(
  view: RunView,
  check: (key: string, item: unknown) => string | undefined,
  expected: string,
): Verdict {
  const findings: Finding[] = [];
  for (const { exchange, page } of pageParts(view)) {
    walkJson(page, (path, key, item) => {
      const got = check(key, item);
      if (got !== undefined) findings.push({ expected, got, where: path, exchange });
    });
  }
  return { subjects: countSessions(view), findings: groupFindings(findings) };
}

function describeDefault(item: unknown): string | undefined {
  if (item === '' || item === 0 || item === false) return JSON.stringify(item);
  return Array.isArray(item) && item.length === 0 ? '[]' : undefined;
}

/** Judges the leaves of every page that have one of some formats. */
function judgeFormat(
  view: RunView,
  isMeant: (described: DescribedValue) => boolean,
  problem: (value: unknown, described: DescribedValue) => string | undefined,
): Verdict {
  const findings: Finding[] = [];
  let subjects = 0;
  const judge = (described: DescribedValue, exchange: Exchange): void => {
    if (!isMeant(described)) return;
    subjects += 1;
    const expected = problem(described.value, described);
    if (expected === undefined) return;
    findings.push({ expected, got: view.settings.show(described.value), where: described.path, exchange });
  };
  for (const { described, exchange } of describedValues(view)) judge(described, exchange);
  return { subjects, findings: groupFindings(findings) };
}

function hasFormat(view: RunView, name: string): (described: DescribedValue) => boolean {
  return (described) => formatOf(view.settings.document.loaded, described) === name;
}

function timestampProblem(value: unknown): string | undefined {
  const parts = typeof value === 'string' ? parseTimestamp(value) : undefined;
  const isRight = typeof parts === 'object' && formatTimestamp(parts) === value;
  return isRight ? undefined : 'RFC 3339 in UTC with T, Z and 0, 3, 6 or 9 fraction digits';
}

function durationProblem(value: unknown): string | undefined {
  const parts = typeof value === 'string' ? parseDuration(value) : undefined;
  const isRight = typeof parts === 'object' && formatDuration(parts) === value;
  return isRight ? undefined : 'seconds with 0, 3, 6 or 9 fraction digits and s, such as 4.262s';
}

function int32Problem(value: unknown): string | undefined {
  const isRight = typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= MAX_INT32;
  return isRight ? undefined : 'an int32 as a JSON number';
}

function statusProblem(value: unknown): string | undefined {
  const isRight =
    typeof value === 'string' && /^[a-z][a-z_]*$/.test(value) && !value.startsWith('session_status');
  return isRight ? undefined : 'one lower-case word such as active, completed or idle';
}

function addressProblem(view: RunView): (value: unknown, described: DescribedValue) => string | undefined {
  return (value, { schema }) => {
    const pointer = schema?.pointer;
    if (pointer === undefined) return undefined;
    const violations = compileValidator(view.settings.document.loaded, pointer)(value);
    return violations.length === 0 ? undefined : 'an IPv4 or IPv6 address';
  };
}

/** Local parts may hold any letters, a plus, and in quotes even blanks; identity providers have them all. */
const PLAUSIBLE_EMAIL = /^(?:"[^"]+"|[^\s@]+)@[^\s@]+$/;

function emailProblem(value: unknown): string | undefined {
  return typeof value === 'string' && PLAUSIBLE_EMAIL.test(value)
    ? undefined
    : 'one @ with something on both sides';
}

/** A 200 whose body is JSON, but no message. What is no JSON at all is the finding of another case. */
function judgeObjects(view: RunView): Verdict {
  const answers = view.all().filter((exchange) => isCall(exchange) && exchange.answer?.status === 200);
  const findings = answers.flatMap((exchange): Finding[] => {
    const json = exchange.answer?.json;
    if (json?.ok !== true || isObject(json.value)) return [];
    const got = Array.isArray(json.value)
      ? 'a list'
      : json.value === null
        ? 'null'
        : `a ${typeof json.value}`;
    return [{ expected: 'a JSON object', got, where: 'body', exchange }];
  });
  return { subjects: answers.length, findings: groupFindings(findings), reason: 'there was no 200' };
}

/** Every page against the document and against proto3 JSON. */
export const SCHEMA_CASES: readonly ContractCase[] = [
  defineCase('schema/page-matches-document', {
    title: 'Every page is what the document says',
    basis: [...MESSAGES, '#/components/schemas/google.protobuf.*/**'],
    probes: 'all',
    examinesSessions: true,
    advice: 'Compare the field with its schema; if the server is right, the document has to change.',
    judge: judgePages,
  }),
  defineCase('schema/page-is-object', {
    title: 'The body of a 200 is a JSON object',
    basis: ['#/components/schemas/ListSessionsV2Response/type', 'proto3-json: messages are objects'],
    probes: 'all',
    advice: 'A list or a bare value is sent where the message should be.',
    judge: judgeObjects,
  }),
  defineCase('schema/no-null', {
    title: 'No member of a page is null',
    basis: ['proto3-json: unset fields are omitted'],
    probes: 'all',
    examinesSessions: true,
    advice: 'Proto3 JSON leaves unset fields out.',
    judge: (view) =>
      judgeJson(view, (_, item) => (item === null ? 'null' : undefined), 'the member to be absent'),
  }),
  defineCase('schema/defaults-omitted', {
    title: 'Members with the default value of their type are left out',
    basis: ['proto3-json: fields with default values are omitted'],
    probes: 'all',
    examinesSessions: true,
    advice: 'Proto3 JSON leaves "", 0, false and [] out; {} is a message that is set.',
    judge: (view) => judgeJson(view, (_, item) => describeDefault(item), 'the member to be absent'),
  }),
  defineCase('schema/lower-camel-case', {
    title: 'Names of members are lowerCamelCase',
    basis: ['proto3-json: field names'],
    probes: 'all',
    examinesSessions: true,
    advice: 'Proto3 JSON writes lowerCamelCase; the option to keep proto names is on.',
    judge: (view) =>
      judgeJson(
        view,
        (key) => (/^[a-z][a-zA-Z0-9]*$/.test(key) ? undefined : JSON.stringify(key)),
        'a lowerCamelCase name',
      ),
  }),
  defineCase('schema/timestamp-form', {
    title: 'Times are written as google.protobuf.Timestamp',
    basis: ['#/components/schemas/google.protobuf.Timestamp/**'],
    probes: 'all',
    examinesSessions: true,
    advice: 'A stock date-time formatter writes offsets or any number of digits; proto3 JSON does not.',
    judge: (view) => judgeFormat(view, hasFormat(view, 'protobuf-timestamp'), timestampProblem),
  }),
  defineCase('schema/duration-form', {
    title: 'Durations are written as google.protobuf.Duration',
    basis: ['#/components/schemas/google.protobuf.Duration/**'],
    probes: 'all',
    examinesSessions: true,
    precondition: 'a session has a duration',
    advice: 'The ISO 8601 form PT3S is wrong although the published OpenAPI file asks for it.',
    judge: (view) => judgeFormat(view, hasFormat(view, 'protobuf-duration'), durationProblem),
  }),
  defineCase('schema/int32-range', {
    title: 'int32 members are JSON numbers in range',
    basis: ['#/components/schemas/ListMetadata/properties/count/**', 'proto3-json: int32'],
    probes: 'all',
    examinesSessions: true,
    advice: 'int32 is a JSON number; only int64 is a string.',
    judge: (view) => judgeFormat(view, hasFormat(view, 'int32'), int32Problem),
  }),
  defineCase('schema/status-enum', {
    title: 'sessionStatus is a lower-case word',
    basis: ['#/components/schemas/SessionObject/properties/sessionStatus/**'],
    probes: 'all',
    examinesSessions: true,
    advice: 'Constants of another layer leak; words the document does not know are reported as drift.',
    judge: (view) => judgeFormat(view, ({ path }) => path === '/sessions/*/sessionStatus', statusProblem),
  }),
  defineCase('schema/addresses-parse', {
    title: 'Addresses are IPv4 or IPv6',
    basis: ['#/components/schemas/SessionObject.Network/properties/**'],
    probes: 'all',
    examinesSessions: true,
    precondition: 'a session has an address',
    advice: 'Ports, host names or CIDR ranges do not belong here.',
    judge: (view) => judgeFormat(view, ({ path }) => path.endsWith('IpAddress'), addressProblem(view)),
  }),
  defineCase('schema/emails-plausible', {
    title: 'E-mail addresses look like some',
    basis: ['heuristic: #/components/schemas/SessionObject.User.Formal.UserInfo/properties/email'],
    severity: PLAUSIBLE,
    probes: 'all',
    examinesSessions: true,
    precondition: 'a user has an e-mail address',
    advice: 'Identity providers send odd things; look before you change anything.',
    judge: (view) => judgeFormat(view, ({ path }) => path.endsWith('/email'), emailProblem),
  }),
];
