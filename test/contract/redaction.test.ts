import { expect, test } from 'vitest';
import type { ContractReport } from '../../src/contract/outcome.ts';
import { createRedactor } from '../../src/contract/redact.ts';
import { formatGithub } from '../../src/contract/report/github.ts';
import { formatJunit } from '../../src/contract/report/junit.ts';
import { formatMarkdown } from '../../src/contract/report/markdown.ts';
import { formatPretty } from '../../src/contract/report/pretty.ts';
import { runContract } from '../../src/contract/run.ts';
import { honestSteps, json } from './servers/honest-server.ts';
import { startServer } from './servers/serving.ts';

const KEYS = [
  'plain-key-0123456789',
  'quote"back\\slash\'key',
  '100%25 off & <more>',
  'schlüssel-ключ-鍵',
  'c2VjcmV0LWtleQ==',
];

/** Everywhere a key might show: as it is, and as JSON, URLs, markup and base64 write it. */
function formsOf(key: string): string[] {
  const base64 = (prefix: string): string =>
    Buffer.from(prefix + key)
      .toString('base64')
      .slice(4, -4);
  return [
    key,
    JSON.stringify(key).slice(1, -1),
    encodeURIComponent(key),
    key.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;'),
    base64(''),
    base64('a'),
    base64('ab'),
  ].filter((form) => form.length >= 4);
}

function sinks(report: ContractReport): readonly string[] {
  const pretty = formatPretty(report, { verbose: true });
  return [
    pretty,
    JSON.stringify(report, undefined, 2),
    formatJunit(report),
    formatGithub(report),
    formatMarkdown(report),
  ];
}

test.each(KEYS)('the key %s appears in no report, although the server echoes it everywhere', async (key) => {
  const wireKey = Buffer.from(key, 'utf8').toString('latin1');
  const echo = { key, again: [encodeURIComponent(key), Buffer.from(`x:${key}`).toString('base64')] };
  const server = await startServer({
    ...honestSteps(12),
    acceptsKey: (sent) => sent === wireKey,
    writeSession: (session) => ({ ...session, [`field ${key}`]: echo, sessionStatus: key }),
    refuse: (error) => json(error.httpStatus, { code: key, message: `no ${key}`, details: echo }),
    intercept: ({ headers }) =>
      headers['x-formal-api-version'] === undefined
        ? undefined
        : { status: 302, headers: { location: `/${encodeURIComponent(key)}` }, body: '' },
  });
  const report = await runContract({ url: server.url, apiKey: key, audience: 'mock' });
  await server.stop();
  expect(report.exitCode).toBe(1);
  for (const text of sinks(report)) {
    for (const form of formsOf(key)) expect(text).not.toContain(form);
  }
});

test('a key inside a longer base64 text is found at every alignment', () => {
  const redact = createRedactor({ apiKey: 'plain-key-0123456789' });
  for (const prefix of ['', 'a', 'ab', 'abc']) {
    const text = Buffer.from(`${prefix}plain-key-0123456789 and more`).toString('base64');
    expect(redact(text)).toContain('$FORMAL_API_KEY');
  }
});

test('the redactor leaves texts without the key alone', () => {
  expect(createRedactor({ apiKey: 'plain-key-0123456789' })('plain-key-012345678')).toBe(
    'plain-key-012345678',
  );
});
