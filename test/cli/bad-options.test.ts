import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { folderWith, runCli } from './run-cli.ts';

const SECRET = 'secret-key-77';

interface Misuse {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly config?: string;
}

const CASES: readonly (readonly [string, Misuse, RegExp])[] = [
  ['an unknown flag', { args: ['--sead', '7'] }, /unknown option '--sead'\s.*did you mean --seed/is],
  ['an unknown flag with a key', { args: [`--apikey=${SECRET}`] }, /unknown option '--apikey'/],
  ['a word that is no option', { args: ['sevre'] }, /too many arguments/],
  ['a port beyond 65535', { args: ['--port', '65536'] }, /--port must be a whole number from 0 to 65535/],
  [
    'an unknown scenario',
    { args: ['--scenario', 'nosuch'] },
    /nosuch: no such scenario; there are edge-cases, empty/,
  ],
  ['a document that is not there', { args: ['--spec', 'no.yaml'] }, /no\.yaml/],
  ['a document that is none', { args: ['--spec', 'package.json'] }, /package\.json/],
  ['bad keys', { env: { FORMAL_MOCK_API_KEY: `${SECRET},` } }, /FORMAL_MOCK_API_KEY must be/],
  ['an unknown key of the file', { config: '{"sead":1}' }, /sead in formal-mock\.config\.json.*mean seed/],
];

describe('serve ends with exit code 2 and one line on stderr, given', () => {
  it.each(CASES)('%s', async (_, { args = [], env = {}, config }, reason) => {
    const cwd = folderWith({
      'package.json': '{"name":"some-package"}',
      ...(config === undefined ? {} : { 'formal-mock.config.json': config }),
    });
    const finished = await runCli(['serve', ...args], { env, cwd });
    expect(finished.stderr).toMatch(reason);
    expect(finished.stderr).not.toMatch(/\n\s+at |secret-key/);
    const lines = finished.stderr
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('(Did you mean'));
    expect(lines).toHaveLength(1);
    expect([finished.code, finished.stdout]).toEqual([2, '']);
  });

  it('a port that is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo; // a listening TCP server has one
    const finished = await runCli(['--port', String(port)]);
    expect(finished.stderr).toBe(
      `formal-mock: cannot listen on 127.0.0.1:${port}: the port is taken; choose another with --port, or 0 for any free one\n`,
    );
    expect([finished.code, finished.stdout]).toEqual([2, '']);
  });

  it('a scenario file that does not fit, with the place and the reason', async () => {
    const cwd = folderWith({ 'own.json': '{"name":"own","extends":"startup","scale":"much"}' });
    const finished = await runCli(['--scenario', join(cwd, 'own.json')], { cwd });
    expect(finished.stderr).toMatch(/own\.json: \/scale must be number/);
    expect(finished.code).toBe(2);
  });
});
