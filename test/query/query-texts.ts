import fc from 'fast-check';
import { EMPTY_SESSION_NAMES, SESSION_FIELDS, SESSION_NAME_GROUPS } from '../../src/query/session-fields.ts';

const textNames = SESSION_FIELDS.filter(({ type }) => type === 'raw' || type === 'default').flatMap(
  ({ path, aliases }) => [path, ...aliases],
);
const name = fc.constantFrom(
  ...textNames,
  ...Object.keys(SESSION_NAME_GROUPS),
  ...EMPTY_SESSION_NAMES,
  'zz_nosuch',
);
const objectName = fc.constantFrom(
  'user.formal',
  'network',
  'resource',
  'user.native',
  'sidecar',
  'nosuch.thing',
);
const word = fc.constantFrom(
  'alice',
  'Alice',
  'martin',
  'production',
  'postgres',
  'us-east-1',
  'production-mysql',
  'analytics',
  'admin',
  'Admin',
  'engineering',
  'formal',
  'native',
  'machine',
  'active',
  'completed',
  'idle',
  'session_000042',
  'session_000007',
  'user_3',
  'σίσυφοσ',
  'אליס',
  'example',
  'alice.0@example.com',
  '1',
  'zzz',
);
const wildcard = fc.constantFrom(
  'prod*',
  '*e',
  'a?ice',
  'session_0000*',
  '*',
  'us-*-1',
  'x\\*y',
  '*\\*y',
  'Ad*',
  '???',
  '*1*0*',
);
const pattern = fc.constantFrom(
  '/a.*/',
  '/(us|eu)-.*/',
  '/[a-z]+/',
  '/session_0000[0-4]\\d/',
  '/.*1/',
  '/ali(c|x)e/',
);
const bound = fc.constantFrom('a', 'm', 'Production', 'session_000100', 'σ');

const date = fc.constantFrom(
  '2026-01-15',
  '2026-01-15T11:00:00Z',
  '2026-01-15T10:30:00.500Z',
  'now',
  'now-1h',
  'now/d',
  'now-1h/h',
  '1768473000',
  '2026-01-15T09:30',
);
const number = fc.constantFrom('0', '1', '1.25', '2s', '3.5', '0.25s');
const milliseconds = fc.constantFrom('0', '250', '1000', '2s', '3250.0');
const address = fc.constantFrom('10.0.0.5', '10.0.0.20', '::ffff:10.0.0.5', '2001:db8::7', '172.16.0.1');

function rangeOf(field: fc.Arbitrary<string>, end: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const open = fc.oneof(end, end, fc.constant('*'));
  return fc.oneof(
    fc
      .tuple(field, fc.constantFrom('[', '{'), open, open, fc.constantFrom(']', '}'))
      .map(([f, left, low, high, right]) => `${f}:${left}${low} TO ${high}${right}`),
    fc
      .tuple(field, fc.constantFrom('<', '<=', '>', '>='), end)
      .map(([f, sign, high]) => `${f}:${sign}${high}`),
  );
}

const dateName = fc.constantFrom('start_time', 'end_time', 'timestamp', 'endTime');
const ipName = fc.constantFrom('ip', 'network.client_ip_address', 'serverIp');

const leaf: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(name, word).map(([f, v]) => `${f}:${v}`),
  fc
    .tuple(name, word, word, fc.constantFrom('', '~1', '~2', '*'))
    .map(([f, v, w, tail]) => `${f}:"${v} ${w}"${tail}`),
  fc.tuple(name, word, word).map(([f, v, w]) => `${f}:'${v} ${w}'`),
  fc.tuple(name, fc.oneof(wildcard, pattern)).map(([f, v]) => `${f}:${v}`),
  fc.tuple(name, word, word).map(([f, v, w]) => `${f}:IN [${v} "${w}"]`),
  fc.oneof(name, objectName, dateName, ipName, fc.constant('duration')).map((f) => `${f}:*`),
  rangeOf(name, bound),
  rangeOf(dateName, date),
  rangeOf(fc.constant('duration'), number),
  rangeOf(fc.constant('duration_ms'), milliseconds),
  rangeOf(ipName, address),
  fc
    .tuple(ipName, fc.oneof(address, fc.constantFrom('10.0.*', '*')))
    .map(([f, v]) => (v.includes(':') ? `${f}:"${v}"` : `${f}:${v}`)),
  fc.tuple(number, number).map(([v, w]) => `duration:IN [${v} ${w}]`),
  word,
  fc.constant('*'),
);

/** Texts of legal queries over sessions, from one leaf to small trees, in dialect docs. */
export const queryText: fc.Arbitrary<string> = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc
      .tuple(
        tie('query'),
        fc.constantFrom(' AND ', ' OR ', ' ', ' AND NOT ', ' OR -', ' +', ' -'),
        tie('query'),
      )
      .map(([left, join, right]) => `(${left})${join}(${right})`),
    fc
      .tuple(tie('query'), fc.constantFrom(' AND ', ' OR ', ' '), tie('query'))
      .map((parts) => parts.join('')),
    tie('query').map((inner) => `NOT (${inner})`),
  ),
})).query;
