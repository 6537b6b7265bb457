import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = `${root}node_modules/.cache/formal-mock`;
const RUNNER = 'connectrpc.com/conformance/cmd/connectconformance@v1.0.7';
const TEN_MINUTES_MS = 600_000;

function hasGo(): boolean {
  try {
    execFileSync('go', ['version']);
    return true;
  } catch {
    return false;
  }
}

/** Undefined where the runner cannot be fetched or built: offline machines. */
async function installRunner(): Promise<string | undefined> {
  const bin = `${cache}/bin`;
  mkdirSync(bin, { recursive: true });
  try {
    await run('go', ['install', RUNNER], { env: { ...process.env, GOBIN: bin, GOFLAGS: '-mod=mod' } });
    return `${bin}/connectconformance`;
  } catch {
    return undefined;
  }
}

async function buildKit(): Promise<string> {
  const out = `${cache}/conformance`;
  await run(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', out],
    {
      cwd: root,
    },
  );
  return out;
}

describe.skipIf(!hasGo())('Connect\u2019s conformance runner', () => {
  it(
    'passes every unary case: three protocols, both codecs, gzip, GET, HTTP/1.1, h2c and TLS',
    async ({ skip }) => {
      const runner = await installRunner();
      if (runner === undefined) return skip(`${RUNNER} cannot be installed here`);
      const server = [process.execPath, 'test/interop/conformance/server.mjs', await buildKit()];
      const options = ['--conf', 'test/interop/conformance/config.yaml', '--mode', 'server'];
      const { stdout } = await run(runner, [...options, '--', ...server], { cwd: root }).catch(
        // The runner fails when a case does; its report is what to show.
        (error: { stdout?: string; stderr?: string }) => ({ stdout: `${error.stdout}${error.stderr}` }),
      );
      expect(stdout).toMatch(/1407 passed, 0 failed/);
    },
    TEN_MINUTES_MS,
  );
});
