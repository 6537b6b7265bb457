import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runSeed, startSeed, temporaryFolder } from './support/run-seed.ts';

/** `FORMAL_MOCK_KILLS=100 npx vitest run test/seed/kill.test.ts` for the long form. */
const KILLS = Number(process.env['FORMAL_MOCK_KILLS'] ?? 10);
const ARGS = ['--count', '12000', '--now', '2026-01-15T12:00:00Z', '--format', 'csv', '--part-rows', '400'];

const hashesOf = (folder: string): Map<string, string> =>
  new Map(
    readdirSync(folder)
      .filter((file) => !file.endsWith('.tmp') && file !== 'manifest.partial.json')
      .map((file) => [
        file,
        createHash('sha256')
          .update(readFileSync(join(folder, file)))
          .digest('hex'),
      ]),
  );

it(
  `kill -9 at ${KILLS} moments leaves no partial file, and the run after it ends with the same hashes`,
  async () => {
    const reference = temporaryFolder();
    const start = performance.now();
    await runSeed(...ARGS, '--out', `${reference}/`);
    const runMs = performance.now() - start;
    const expected = hashesOf(reference);
    expect(expected.size).toBe(37);
    let unfinished = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const folder = temporaryFolder();
      const { child, ended } = startSeed([...ARGS, '--out', `${folder}/`]);
      // Moments spread over the run by the golden ratio: whichever they are, the promise must hold.
      const moment = ((kill * 0.618_033_988_75 + 0.31) % 1) * runMs;
      const timer = setTimeout(() => child.kill('SIGKILL'), moment);
      await ended;
      clearTimeout(timer);
      const isFinished = existsSync(join(folder, 'manifest.json'));
      if (!isFinished) unfinished += 1;
      const left = hashesOf(folder);
      for (const [file, hash] of left) expect([file, hash]).toEqual([file, expected.get(file)]);
      expect((await runSeed(...ARGS, '--out', `${folder}/`)).code).toBe(0);
      expect(hashesOf(folder)).toEqual(expected);
      expect(readdirSync(folder).length).toBe(expected.size);
    }
    expect(unfinished).toBeGreaterThan(0);
  },
  60_000 + KILLS * 10_000,
);
