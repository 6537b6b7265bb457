import { afterEach, describe, expect, it, vi } from 'vitest';
import { listScenarios } from '../files/load-scenario.ts';
import { createScenariosCommand } from './scenarios-command.ts';

const NOW = '2026-01-15T12:00:00Z';

async function run(...args: readonly string[]): Promise<string> {
  const written: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  await createScenariosCommand().parseAsync(args, { from: 'user' });
  return written.join('');
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('formal-mock scenarios', () => {
  it('lists every scenario with its people and sessions a day', async () => {
    const lines = (await run()).trimEnd().split('\n');
    const names = await listScenarios();
    expect(lines.slice(1).map((line) => line.split(' ')[0])).toEqual(names);
    expect(lines.find((line) => line.startsWith('enterprise'))).toMatch(/ 5 000 +\d\d\d \d\d\d {2}A bank/);
  });

  it('lists them as JSON', async () => {
    const summaries: unknown = JSON.parse(await run('--json'));
    expect(summaries).toContainEqual({
      name: 'empty',
      people: 18,
      sessionsPerDay: 0,
      description: 'The same company before anybody connected: no sessions at all',
    });
  });

  it('describes one with its stories, their interval and query', async () => {
    const text = await run('incident', '--now', NOW, '--days', '14');
    expect(text).toContain('\nexfiltration  2026-01-13T08:12:00Z to 2026-01-13T08:46:00Z\n');
    expect(text).toContain('  query: network.client_ip_address:198.51.100.');
    const { stories } = JSON.parse(await run('incident', '--now', NOW, '--days', '14', '--json'));
    expect(stories.length).toBe(text.match(/query: /g)?.length);
  });

  it('says so when a scenario has no stories', async () => {
    expect(await run('startup', '--now', NOW)).toMatch(/no stories in these days\n$/);
  });

  it.each([
    [['incident', '--now', 'yesterday'], '--now must be live, or an RFC 3339 instant'],
    [['incident', '--days', '0'], '--days must be a number above 0'],
    [['nothing'], 'scenario nothing: no such scenario'],
  ])('refuses %j', async (args, message) => {
    await expect(run(...args)).rejects.toThrow(message);
  });
});
