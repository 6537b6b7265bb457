import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runContract } from '../../src/contract/run.ts';
import { startMock } from '../../src/mock/create-mock.ts';
import { describeContract } from '../../src/vitest.ts';

const NOW = '2026-01-15T12:00:00Z';
/** 50 is the limit of the suite's pages. With 0 sessions nothing is verified, which has an exit code of its own. */
const SIZES = [0, 1, 2, 50, 51, 10_000];

describeContract('mock', {
  nowMs: Date.parse(NOW),
  start: () => startMock({ port: 0, now: NOW }),
});

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed);

test.each(SEEDS)(
  'seed %i raises no alarm, however many sessions there are',
  async (seed) => {
    for (const count of SIZES) {
      const world = count === 0 ? { scenario: 'empty' } : { count };
      const mock = await startMock({ port: 0, seed, now: NOW, strict: seed % 2 === 1, ...world });
      const report = await runContract({
        url: mock.url,
        apiKey: 'formal-mock-key',
        audience: 'mock',
        nowMs: Date.parse(NOW),
      });
      await mock.stop();
      const alarms = report.outcomes.filter(({ status }) => !['pass', 'info', 'skip'].includes(status));
      expect({ count, alarms }).toEqual({ count, alarms: [] });
      expect(report.exitCode).toBe(count === 0 ? 5 : 0);
    }
  },
  60_000,
);

const SCENARIOS = readdirSync('fixtures/scenarios')
  .filter((file) => file !== 'scenario.schema.json')
  .map((file) => file.replace(/\.json$/, ''));

test.each(SCENARIOS)('the scenario %s raises no alarm', async (scenario) => {
  const mock = await startMock({ port: 0, now: NOW, scenario });
  const report = await runContract({
    url: mock.url,
    apiKey: 'formal-mock-key',
    audience: 'mock',
    nowMs: Date.parse(NOW),
  });
  await mock.stop();
  expect(report.outcomes.filter(({ status }) => !['pass', 'info', 'skip'].includes(status))).toEqual([]);
});

test('a living mock, whose sessions start and end while it is judged, raises no alarm', async () => {
  const mock = await startMock({ port: 0 });
  const report = await runContract({ url: mock.url, apiKey: 'formal-mock-key', audience: 'mock' });
  await mock.stop();
  expect(report.exitCode).toBe(0);
});
