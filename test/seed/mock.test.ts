import { expect, it, onTestFinished } from 'vitest';
import { startMock } from '../../src/index.ts';
import type { SessionObject } from '../../src/world/session-object.ts';
import { runSeed } from './support/run-seed.ts';

it('the mock serves the sessions that seed writes', async () => {
  const mock = await startMock({ port: 0, count: 2500, now: '2026-01-15T12:00:00Z', logLevel: 'silent' });
  onTestFinished(() => mock.stop());
  const response = await fetch(`${mock.url}/core.v1.SessionsService/ListSessionsV2`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': 'formal-mock-key' },
    body: JSON.stringify({ limit: 2500 }),
  });
  const page = (await response.json()) as { sessions: SessionObject[] };
  const { stdout } = await runSeed('--count', '2500', '--now', '2026-01-15T12:00:00Z', '--format', 'json');
  const written: unknown = JSON.parse(stdout.toString());
  expect(page.sessions).toHaveLength(2500);
  expect(written).toEqual(page.sessions.toReversed());
});
