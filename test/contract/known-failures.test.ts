import { expect, test } from 'vitest';
import type { KnownFailure } from '../../src/contract/known-failures.ts';
import { parseKnownFailures } from '../../src/contract/known-failures.ts';
import type { ContractReport } from '../../src/contract/outcome.ts';
import { runContract } from '../../src/contract/run.ts';
import { API_KEY, honestSteps } from './servers/honest-server.ts';
import { startServer } from './servers/serving.ts';

async function judge(known: readonly KnownFailure[], isBroken = true): Promise<ContractReport> {
  const honest = honestSteps(10);
  const server = await startServer(
    isBroken ? { ...honest, acceptsKey: (key) => (key ?? '') !== '' } : honest,
  );
  try {
    return await runContract({
      url: server.url,
      apiKey: API_KEY,
      only: ['auth/wrong-key', 'auth/no-key'],
      known,
    });
  } finally {
    await server.stop();
  }
}

const entry = { case: 'auth/wrong*', reason: 'not finished' };

test('a known failure still runs and does not fail the run', async () => {
  const report = await judge([{ ...entry, issue: 'https://example.test/1' }]);
  expect(report.exitCode).toBe(0);
  expect(report.outcomes[1]).toMatchObject({
    id: 'auth/wrong-key',
    status: 'known',
    issue: 'https://example.test/1',
  });
});

test('a known failure that passes is stale and fails the run', async () => {
  const report = await judge([entry], false);
  expect(report).toMatchObject({ exitCode: 1, outcomes: [{ status: 'pass' }, { status: 'stale' }] });
});

test('a known failure after its last day is stale and fails the run', async () => {
  expect(await judge([{ ...entry, expires: '2001-01-01' }])).toMatchObject({ exitCode: 1 });
  expect(await judge([{ ...entry, expires: '2999-01-01' }])).toMatchObject({ exitCode: 0 });
});

test('an entry for another target does not count', async () => {
  expect(await judge([{ ...entry, target: 'live' }])).toMatchObject({ exitCode: 1 });
  expect(await judge([{ ...entry, target: 'any' }])).toMatchObject({ exitCode: 0 });
  expect(await judge([{ ...entry, target: '127.0.0.1' }])).toMatchObject({ exitCode: 0 });
});

test('a pattern that matches no case is an error', async () => {
  await expect(judge([{ ...entry, case: 'auth/wrnog*' }])).rejects.toMatchObject({
    code: 'ERR_OPTION_INVALID',
  });
});

test.each([
  '{}',
  'no JSON',
  '[{"case":"a"}]',
  '[{"case":"a","reason":"b","expires":"soon"}]',
  '[{"case":"a","reason":"b","zz":"c"}]',
])('the file %s is refused', (text) => {
  expect(() => parseKnownFailures(text)).toThrow(/known must be/);
});
