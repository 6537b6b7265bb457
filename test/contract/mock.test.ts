import { expect, test } from 'vitest';
import { runContract } from '../../src/contract/run.ts';
import { startMock } from '../../src/mock/create-mock.ts';
import { describeContract } from '../../src/vitest.ts';

const NOW = '2026-01-15T12:00:00Z';
const SIZES = [1, 2, 50, 51, 10_000];

describeContract('mock', {
  nowMs: Date.parse(NOW),
  start: () => startMock({ port: 0, now: NOW }),
});

test.each(Array.from({ length: 20 }, (_, seed) => [seed, SIZES[seed % SIZES.length] ?? 1] as const))(
  'seed %i with %i sessions raises no alarm',
  async (seed, count) => {
    const mock = await startMock({ port: 0, seed, count, now: NOW, strict: seed % 2 === 1 });
    const report = await runContract({
      url: mock.url,
      apiKey: 'formal-mock-key',
      audience: 'mock',
      nowMs: Date.parse(NOW),
    });
    await mock.stop();
    expect(report.outcomes.filter(({ status }) => !['pass', 'info', 'skip'].includes(status))).toEqual([]);
    expect(report.exitCode).toBe(0);
  },
);

test('a mock without sessions verifies nothing', async () => {
  const mock = await startMock({ port: 0, scenario: 'empty', now: NOW });
  const report = await runContract({ url: mock.url, apiKey: 'formal-mock-key', audience: 'mock' });
  await mock.stop();
  expect(report.exitCode).toBe(5);
});

test('a living mock, whose sessions start and end while it is judged, raises no alarm', async () => {
  const mock = await startMock({ port: 0 });
  const report = await runContract({ url: mock.url, apiKey: 'formal-mock-key', audience: 'mock' });
  await mock.stop();
  expect(report.exitCode).toBe(0);
});
