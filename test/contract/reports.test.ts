import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, expect, test } from 'vitest';
import type { ContractReport } from '../../src/contract/outcome.ts';
import { formatGithub } from '../../src/contract/report/github.ts';
import { escapeXml, formatJunit } from '../../src/contract/report/junit.ts';
import { formatMarkdown } from '../../src/contract/report/markdown.ts';
import { formatPretty } from '../../src/contract/report/pretty.ts';
import { runContract } from '../../src/contract/run.ts';
import { API_KEY, honestSteps } from './servers/honest-server.ts';
import { startServer } from './servers/serving.ts';

let report: ContractReport;
beforeAll(async () => {
  const server = await startServer({
    ...honestSteps(20),
    acceptsKey: (key) => (key ?? '') !== '',
    writeSession: (session) => ({ ...session, riskScore: 3, note: '<b>"a" & | `x`\n%</b>' }),
  });
  report = await runContract({ url: server.url, apiKey: API_KEY, audience: 'mock' });
  await server.stop();
});

test('the JSON report is what its published schema says', async () => {
  const schema: unknown = JSON.parse(await readFile('fixtures/contract/report.schema.json', 'utf8'));
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema as object);
  validate(JSON.parse(JSON.stringify(report)));
  expect(validate.errors ?? []).toEqual([]);
  expect(validate({ ...report, exitCode: 9 })).toBe(false);
});

test('the pretty report says what is broken, where, why, and how to see it again', () => {
  const text = formatPretty(report);
  expect(text).toContain('FAIL  auth/wrong-key');
  expect(text).toContain('expected 401 unauthenticated');
  expect(text).toContain('got      200 with 1 session');
  expect(text).toMatch(/try {6}curl -sS -i -X POST '.*X-API-KEY: formal-contract-wrong-key/);
  expect(text).toContain('cause    The key is only looked at for presence');
  expect(text).toContain('#/components/schemas/SessionObject/properties/riskScore: {"type":"integer"}');
  expect(text).toMatch(/\d+ pass, \d+ fail.*\(exit 1\)\n$/);
  expect(text).not.toContain('\u001b[');
});

test('the JUnit report has one test case for each case and counts its failures', () => {
  const xml = formatJunit(report);
  const failures = report.outcomes.filter(({ status }) => status === 'fail').length;
  expect(xml.match(/<testcase /g)).toHaveLength(report.outcomes.length);
  expect(xml.match(/<failure /g)).toHaveLength(failures);
  expect(xml).toContain(`failures="${failures}"`);
  expect(xml.replace(/<[^<>]*>/g, '')).not.toMatch(/[<>]/);
  expect(escapeXml('a\u0000b\ud800<')).toBe('a\ufffdb\ufffd&lt;');
});

test('GitHub annotations are one line each', () => {
  const lines = formatGithub(report).trimEnd().split('\n');
  expect(lines.every((line) => /^::(error|warning) title=contract [a-z]+\/[a-z0-9-]+::/.test(line))).toBe(
    true,
  );
  expect(lines.some((line) => line.includes('auth/wrong-key'))).toBe(true);
});

test('the Markdown report is a table whose cells hold', () => {
  const rows = formatMarkdown(report)
    .split('\n')
    .filter((line) => line.startsWith('|'));
  for (const row of rows) expect(row.replace(/\\\|/g, '').match(/\|/g), row).toHaveLength(5);
});
