import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readFixture, SCENARIO_NAMES } from './fixture-world.ts';

const root = new URL('../../', import.meta.url);
const run = promisify(execFile);

/** Hashes by scenario, each followed by the number of sessions. */
const golden = readFixture('golden/world-hashes.json');

/** What `hash.mjs` prints about a scenario in a process of its own. */
async function hashOf(
  scenario: string,
  nodeFlags: readonly string[],
  env: Record<string, string>,
): Promise<string> {
  const args = [...nodeFlags, 'test/determinism/hash.mjs', scenario];
  const { stdout } = await run(process.execPath, args, { cwd: root, env: { ...process.env, ...env } });
  return stdout.trim();
}

describe.each(SCENARIO_NAMES)('40 000 sessions of %s', (scenario) => {
  it('have the committed hash', async () => {
    expect(golden).toHaveProperty(scenario, await hashOf(scenario, [], {}));
  });

  it('have it in another time zone and language', async () => {
    const env = { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };
    expect(golden).toHaveProperty(scenario, await hashOf(scenario, [], env));
  });

  it('have it without a just-in-time compiler', async () => {
    expect(golden).toHaveProperty(scenario, await hashOf(scenario, ['--jitless'], {}));
  });
});
