import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';

interface VitestReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** Suites that must fail: no configuration includes them, so that only this test runs them. */
const RUN = `
  import { startVitest } from 'vitest/node';
  const options = { config: false, watch: false, reporters: ['json'], include: ['test/contract/face/*.face.ts'] };
  await (await startVitest('test', [], options)).close();
`;

/** Runs the suites of `face/` in a process of their own. */
async function runFace(): Promise<VitestReport> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', RUN], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  await new Promise((resolve) => child.on('close', resolve));
  return JSON.parse(text.slice(text.indexOf('{')));
}

test('describeContract fails where nothing was verified, unless that is allowed', async () => {
  const { testResults } = await runFace();
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  const ofStatus = (status: string): readonly string[] =>
    results.filter((result) => result.status === status).map(({ fullName }) => fullName);
  expect(ofStatus('failed')).toEqual(['contract of an empty server the run is completed']);
  expect(ofStatus('passed')).toContain('contract of an empty server that may be empty the run is completed');
});
