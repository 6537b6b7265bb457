import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ContractReport } from '../../src/contract/outcome.ts';
import { createForeignRedactor } from '../../src/contract/redact.ts';
import { formatGithub } from '../../src/contract/report/github.ts';
import { escapeXml, formatJunit } from '../../src/contract/report/junit.ts';
import { formatMarkdown } from '../../src/contract/report/markdown.ts';
import { formatPretty } from '../../src/contract/report/pretty.ts';
import { runContract } from '../../src/contract/run.ts';
import { honestSteps, json, type Steps } from './servers/honest-server.ts';
import { startServer } from './servers/serving.ts';

const LONGEST_PART = 6;

/** Every way in which a key might show. */
function formsOf(key: string): readonly string[] {
  const escaped = JSON.stringify(key).slice(1, -1);
  const base64 = (prefix: string): string =>
    Buffer.from(prefix + key)
      .toString('base64')
      .slice(4, -4);
  const plain = [key, escaped, JSON.stringify(escaped).slice(1, -1)];
  return [
    ...plain,
    ...plain.map((form) => form.replace(/'/g, "'\\''")),
    encodeURIComponent(key),
    escapeXml(key),
    key.replace(/~/g, '~0').replace(/\//g, '~1'),
    Buffer.from(key, 'utf8').toString('latin1'),
    Buffer.from(key, 'utf8').toString('hex'),
    base64(''),
    base64('a'),
    base64('ab'),
  ].filter((form) => form.length > LONGEST_PART);
}

/** Parts of a key that are longer than a reader may see. */
function partsOf(key: string): readonly string[] {
  const length = LONGEST_PART + 1;
  return Array.from({ length: key.length - length + 1 }, (_, at) => key.slice(at, at + length));
}

function sinks(report: ContractReport): readonly string[] {
  const text = [
    formatPretty(report, { verbose: true }),
    JSON.stringify(report, undefined, 2),
    formatJunit(report),
    formatGithub(report),
    formatMarkdown(report),
  ];
  // What an escape hides is read by whoever takes the escape off.
  return [
    ...text,
    ...text.map((plain) =>
      plain
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/&quot;/g, '"')
        .replace(/&amp;/g, '&')
        .replace(/'\\''/g, "'")
        .replace(/\\(["\\*_`[\]{}<>|$])/g, '$1'),
    ),
  ];
}

/** A server that writes the key of its caller into everything it says. */
function echoing(key: string, padding: string): Steps {
  const honest = honestSteps(8);
  const wireKey = Buffer.from(key, 'utf8').toString('latin1');
  const prefix = (text: string): string => `${key}~${text}`;
  return {
    ...honest,
    acceptsKey: (sent) => sent === wireKey,
    cursorOf: (last, message, position) => prefix(honest.cursorOf(last, message, position)),
    positionOf: (sorted, { cursor, ...message }) =>
      typeof cursor === 'string' && cursor.startsWith(prefix(''))
        ? honest.positionOf(sorted, { ...message, cursor: cursor.slice(key.length + 1) })
        : honest.positionOf(sorted, cursor === undefined ? message : { ...message, cursor }),
    writeSession: (session, at) => ({
      ...session,
      startTime: `${padding}${key}`,
      sessionStatus: `${padding.slice(at)}${key}!`,
      network: { clientIpAddress: `${padding}${JSON.stringify(key)}`, serverIpAddress: key.slice(0, -1) },
      [key]: { [key]: [key] },
      [`x/${key}`]: encodeURIComponent(key),
      note: Buffer.from(`a${key}`).toString('base64'),
    }),
    refuse: (error) =>
      json(error.httpStatus, { code: key, message: key, details: [{ type: key, [key]: 1 }] }),
    finish: (response) => ({
      ...response,
      headers: {
        ...response.headers,
        warning: encodeURIComponent(key),
        deprecation: Buffer.from(key).toString('base64'),
        'content-encoding': `zz${Buffer.from(key).toString('hex')}`,
      },
    }),
    intercept: ({ headers }) =>
      headers['x-formal-api-version'] === undefined
        ? undefined
        : { status: 302, headers: { location: `/${encodeURIComponent(key)}` }, body: '' },
  };
}

function leaksOf(key: string, texts: readonly string[]): readonly string[] {
  const secrets = [...formsOf(key), ...partsOf(key)];
  return secrets.filter((secret) => texts.some((text) => text.includes(secret)));
}

const FIXED = [
  `sec'ret"key-9f8e7d`,
  'c2VjcmV0+/a2V5LXZhbHVl==',
  'k$HOME`id`\\x-77aa',
  'ab%41cd%zz100%',
  'schlüssel-ключ-鍵-1234',
  'org/12345/67890/tok',
  `a&b<c>"d'e-tok`,
  'tok*_[x]|y`z~0~1',
  'w1th Bl4nks 1n the k3y',
];

const pieces = fc.constantFrom(
  ...[
    "'",
    '"',
    '%',
    '/',
    '~',
    '&',
    '<',
    '>',
    '\\',
    '$',
    '`',
    ' ',
    '+',
    '=',
    '|',
    'ü',
    'ж',
    '鍵',
    '%2F',
    '&amp;',
    "\\'",
  ],
);
const words = fc.stringMatching(/^[A-Z][0-9][a-z][A-Z0-9]{2}$/);
const keys = fc
  .array(fc.tuple(words, pieces), { minLength: 3, maxLength: 5 })
  .map((parts) => `${parts.flat().join('')}Z9`);

async function judgeEcho(key: string, padding: string): Promise<readonly string[]> {
  const server = await startServer(echoing(key, padding));
  const texts: string[] = [];
  for (const options of [{ audience: 'mock' }, { audience: 'live', requestsPerSecond: 10_000 }] as const) {
    const report = await runContract({ url: server.url, apiKey: key, ...options });
    expect(report.outcomes.find(({ id }) => id === 'auth/key-never-echoed')?.status).toBe('fail');
    expect(report.outcomes.filter(({ status }) => status === 'error')).toEqual([]);
    texts.push(...sinks(report));
  }
  await server.stop();
  return leaksOf(key, texts);
}

test.each([...FIXED, ...fc.sample(keys, { seed: 11, numRuns: 8 })])(
  'the key %s appears in no report, whole or in part, wherever a server writes it',
  async (key) => {
    // Every offset around the place where long values are cut.
    for (const length of [0, 150]) expect(await judgeEcho(key, 'y'.repeat(length))).toEqual([]);
  },
);

test('a key at any offset of a value that is cut leaves no part behind', () => {
  fc.assert(
    fc.property(keys, fc.nat(200), (key, offset) => {
      const text = createForeignRedactor({ apiKey: key })(`${'y'.repeat(offset)}${key}${'z'.repeat(40)}`);
      for (let end = 0; end <= text.length; end++) expect(leaksOf(key, [text.slice(0, end)])).toEqual([]);
    }),
    { seed: 7, numRuns: 40 },
  );
});

test('a part of a key that a server shows is hidden too, and words are not', () => {
  const redact = createForeignRedactor({ apiKey: 'sk-4f9a8b7c6d5e-live' });
  expect(redact('invalid key sk-4f9a8b…')).toBe('invalid key $FORMAL_API_KEY…');
  expect(redact('SK-4F9A8B7C6D5E-LIVE')).toBe('$FORMAL_API_KEY');
  expect(createForeignRedactor({ apiKey: 'formal-mock-key' })('formal, mock and key')).toBe(
    'formal, mock and key',
  );
});
