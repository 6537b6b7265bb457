import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const TELL_PEAK = `data:text/javascript,process.on('exit',()=>console.error(process.resourceUsage().maxRSS))`;

/** Runs `seed` into nowhere and gives the most memory it had at once, in MB of 10^6 bytes. */
function peakMegabytes(args: readonly string[], nodeArgs: readonly string[] = []): Promise<number> {
  const seed = [MAIN, 'seed', '--now', '2026-01-15T12:00:00Z', ...args];
  const child = spawn(process.execPath, [...nodeArgs, '--import', TELL_PEAK, ...seed], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  child.stderr.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  return new Promise((resolve, reject) => {
    child.once('close', (code) => {
      if (code === 0) resolve((Number(text) * 1024) / 1e6);
      else reject(new Error(`exit code ${code}: ${text.slice(0, 500)}`));
    });
  });
}

it('memory does not grow with the rows', async () => {
  const [few, many] = [
    await peakMegabytes(['--scenario', 'stress', '--count', '1000000']),
    await peakMegabytes(['--scenario', 'stress', '--count', '4000000']),
  ];
  expect(many).toBeLessThan(few + 20);
  expect(many).toBeLessThan(150);
});

it('memory does not grow with the days: ten years need less than 160 MB, and a heap of 48 MB', async () => {
  expect(await peakMegabytes(['--days', '3650'], ['--max-old-space-size=48'])).toBeLessThan(160);
});
