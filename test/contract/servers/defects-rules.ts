import type { Defect } from './defect.ts';
import { json, type RequestJson, type Steps } from './honest-server.ts';

function parsing(change: (text: string) => unknown): (honest: Steps) => Partial<Steps> {
  return (honest) => ({
    decode: (bytes, form) =>
      form === 'proto' ? honest.decode(bytes, form) : (change(bytes.toString('utf8')) as RequestJson),
  });
}

/** Reads what JSON.parse reads and, where that fails, what the honest server would make of another text. */
function rewriting(pattern: RegExp, replacement: string): (honest: Steps) => Partial<Steps> {
  return (honest) => ({
    decode: (bytes, form) =>
      honest.decode(
        form === 'proto' ? bytes : Buffer.from(bytes.toString('utf8').replace(pattern, replacement)),
        form,
      ),
  });
}

/** What the request may say. */
export const RULE_DEFECTS: readonly Defect[] = [
  {
    name: 'another server than was learnt',
    fails: ['drift/learnt-facts'],
    profile: { count: 'page', limitAbsent: 100, connectGet: 'supported', queryBroken: 'invalid_argument' },
    steps: () => ({
      intercept: ({ method }) =>
        method === 'GET' ? { status: 405, headers: { allow: 'POST' }, body: '' } : undefined,
    }),
  },
  {
    name: 'negative limits accepted',
    fails: ['limits/negative'],
    steps: () => ({ limitOf: (message) => Math.abs(Number(message['limit'] ?? 100)) }),
  },
  {
    name: '100001 accepted',
    fails: ['limits/above-maximum'],
    steps: () => ({ checkLimit: (limit) => limit > 0 && limit <= 200_000 }),
  },
  {
    name: 'the maximum refused',
    fails: ['limits/maximum-accepted'],
    steps: () => ({ checkLimit: (limit) => limit > 0 && limit < 100_000 }),
  },
  {
    name: 'limit off by one',
    fails: ['invariants/page-within-limit', 'limits/honoured'],
    steps: () => ({
      limitOf: (message) =>
        Number(message['limit'] ?? 100) +
        (Number(message['limit'] ?? 100) > 0 && Number(message['limit'] ?? 100) < 1000 ? 1 : 0),
    }),
  },
  {
    name: 'limit one short',
    fails: ['pagination/exact-boundary', 'limits/number-spellings', 'limits/honoured'],
    steps: () => ({
      limitOf: (message) =>
        Number(message['limit'] ?? 100) === 2 || Number(message['limit']) > 9
          ? Number(message['limit'] ?? 100) - 1
          : Number(message['limit'] ?? 100),
    }),
  },
  {
    name: 'hidden cap',
    fails: ['pagination/full-pages'],
    steps: () => ({
      limitOf: (message) =>
        Number(message['limit'] ?? 100) > 100_000 ? 100_001 : Math.min(20, Number(message['limit'] ?? 100)),
    }),
  },
  {
    name: 'overflow crashes',
    fails: ['limits/too-wide', 'errors/no-server-error'],
    steps: () => ({
      intercept: ({ body }) => (body.includes('2147483648') ? json(500, { code: 'internal' }) : undefined),
    }),
  },
  { name: 'overflow wraps round', fails: ['limits/too-wide'], steps: rewriting(/2147483648/, '1') },
  { name: 'fractions rounded', fails: ['limits/fraction'], steps: rewriting(/1\.5/, '2') },
  {
    name: 'types coerced',
    fails: ['limits/wrong-type', 'body/wrong-types'],
    steps: (honest) => ({ ...rewriting(/true|\{\}|"ten"|\[\]/, '1')(honest), ...coercing(honest) }),
  },
  {
    name: 'texts as numbers refused',
    fails: ['limits/number-spellings'],
    steps: (honest) => ({
      decode: (bytes, form) =>
        bytes.includes('"limit":"2"') ? honest.decode(Buffer.from('{'), form) : honest.decode(bytes, form),
    }),
  },
  {
    name: 'an absent limit crashes',
    fails: ['limits/absent'],
    steps: () => ({
      intercept: ({ body }) => (body.toString() === '{}' ? json(500, { code: 'internal' }) : undefined),
    }),
  },
  {
    name: 'an absent limit is refused',
    observes: ['limits/absent-observed'],
    steps: () => ({ limitOf: (message) => Number(message['limit'] ?? 0) }),
  },
  {
    name: '0 is a limit of its own',
    fails: ['limits/zero-equals-absent'],
    steps: (honest) => ({
      decode: (bytes, form) =>
        bytes.toString() === '{"limit":0}' ? { limit: 1 } : honest.decode(bytes, form),
    }),
  },
  {
    name: 'unknown fields refused',
    fails: ['body/unknown-field-ignored'],
    steps: (honest) => ({
      decode: (bytes, form) =>
        bytes.includes('zzNoSuchField') ? honest.decode(Buffer.from('{'), form) : honest.decode(bytes, form),
    }),
  },
  {
    name: 'snake_case ignored',
    fails: ['body/snake-case'],
    steps: rewriting(/"(?:sort_by|start_timestamp|end_timestamp)"/g, '"zz"'),
    count: 20,
  },
  {
    name: 'malformed JSON accepted',
    fails: ['body/malformed', 'body/trailing-text', 'body/not-an-object', 'body/empty'],
    steps: parsing((text) => {
      try {
        const value: unknown = JSON.parse(text);
        return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { limit: 1 };
      } catch {
        return { limit: 1 };
      }
    }),
  },
  {
    name: 'duplicate keys accepted',
    fails: ['body/duplicate-key'],
    steps: rewriting(/"limit":1,"limit":1/, '"limit":1'),
  },
  { name: 'bad UTF-8 replaced', fails: ['body/not-utf8'], steps: rewriting(/\uFFFD/g, '') },
  { name: 'byte order mark skipped', fails: ['body/byte-order-mark'], steps: rewriting(/^\uFEFF/, '') },
  {
    name: 'deep nesting crashes',
    fails: ['body/deep-nesting', 'errors/no-server-error'],
    steps: () => ({
      intercept: ({ body }) => (body.includes('[[[[') ? json(500, { code: 'internal' }) : undefined),
    }),
  },
  {
    name: 'any size accepted',
    fails: ['body/oversize'],
    steps: () => ({ maxBodyBytes: 64 * 1024 * 1024, matches: () => true }),
  },
  {
    name: 'malformed times ignored',
    fails: ['time/malformed'],
    steps: () => ({ parseTime: (text) => Date.parse(text) || 0 }),
  },
  {
    name: 'malformed times crash',
    fails: ['time/malformed-survived'],
    steps: () => ({
      intercept: ({ body }) => (body.includes('not a time') ? json(500, { code: 'internal' }) : undefined),
    }),
  },
  {
    name: 'an unknown sort key is ignored',
    fails: ['sort/unknown-key-refused'],
    steps: (honest) => ({
      compare: (sortBy) => honest.compare(sortBy.startsWith('zz') ? 'start_time' : sortBy),
    }),
  },
  {
    name: 'an unknown sort key crashes',
    fails: ['sort/unknown-key-survived'],
    steps: () => ({
      intercept: ({ body }) => (body.includes('"sortBy":"zz') ? json(500, { code: 'internal' }) : undefined),
    }),
  },
  {
    name: 'a broken query crashes',
    fails: ['query/broken-survived', 'query/broken'],
    steps: () => ({
      intercept: ({ body }) => (body.includes('(active') ? json(500, { code: 'internal' }) : undefined),
    }),
  },
];

function coercing(honest: Steps): Partial<Steps> {
  const patterns = /"(query|cursor|startTimestamp|endTimestamp|sortBy)":(?:5|\{\}|\[\])/;
  return {
    decode: (bytes, form) =>
      honest.decode(
        form === 'proto'
          ? bytes
          : Buffer.from(
              bytes
                .toString('utf8')
                .replace(patterns, '"zz":1')
                .replace(/"limit":(?:true|\{\}|"ten")/, '"limit":1'),
            ),
        form,
      ),
  };
}
