import { expect, it } from 'vitest';
import { KEY, PATH } from '../mock/start-test-mock.ts';
import { residentMegabytes } from './resident-megabytes.ts';
import { serveCli } from './run-cli.ts';

const NOW = Date.parse('2026-01-15T12:00:00Z');
const DAY = 86_400_000;

it('holds less than 150 MB with 10^8 sessions after 400 requests of every depth', async () => {
  const days = 90;
  const args = ['--json', '--log-level', 'warn', '--scenario', 'stress', '--days', String(days)];
  const cli = await serveCli([...args, '--now', new Date(NOW).toISOString()]);
  const list = async (
    message: object,
  ): Promise<{ sessions: unknown[]; listMetadata: { nextCursor: string } }> => {
    const headers = { 'x-api-key': KEY, 'content-type': 'application/json' };
    const answer = await fetch(cli.url + PATH, { method: 'POST', headers, body: JSON.stringify(message) });
    expect(answer.status).toBe(200);
    return JSON.parse(await answer.text());
  };
  for (let round = 0; round < 200; round += 1) {
    const depth = ((round * 61) % 200) / 200;
    const window = { endTimestamp: new Date(NOW - depth * days * DAY + DAY / 400).toISOString() };
    const query = round % 4 === 0 ? 'technology:postgres AND user.sub_type:human' : '';
    const message = { limit: 100, query, ...window };
    const { sessions, listMetadata } = await list(message);
    expect(sessions).toHaveLength(100);
    const next = await list({ ...message, cursor: listMetadata.nextCursor });
    expect(next.sessions).toHaveLength(100);
  }
  expect(await residentMegabytes(cli.process.pid)).toBeLessThan(150);
});
