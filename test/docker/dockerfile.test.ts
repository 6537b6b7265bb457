import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readProjectFile } from '../house/source-tree.ts';
import { startCli } from '../house/start-cli.ts';
import {
  environmentOf,
  execForm,
  parseDockerignore,
  parseStages,
  type Stage,
  textsOf,
} from './dockerfile.ts';
import { cleanEnvironment, runStages, sizeOf } from './run-stages.ts';

const MAX_IMAGE_BYTES = 25_000_000;
const stages = parseStages(readProjectFile('Dockerfile'));
const image: Stage = stages.at(-1) ?? { image: '', name: '', instructions: [] };
const startCommand = [...textsOf(image, 'ENTRYPOINT'), ...textsOf(image, 'CMD')].flatMap(execForm);
const healthCommand = execForm(textsOf(image, 'HEALTHCHECK')[0] ?? '');

describe('the image', () => {
  test('is built in stages and stands on the oldest Node we support, in a small edition', () => {
    expect(stages.length).toBeGreaterThan(1);
    expect(stages.map((stage) => stage.image)).toEqual(
      stages.map(() => expect.stringMatching(/^node:20-(alpine|slim)$/)),
    );
  });

  test('runs as a user without rights, after everything is copied', () => {
    const keywords = image.instructions.map(({ keyword }) => keyword);
    expect(textsOf(image, 'USER')).toEqual(['node']);
    expect(keywords.lastIndexOf('USER')).toBeGreaterThan(keywords.lastIndexOf('COPY'));
  });

  test('listens on every address, on the documented port', () => {
    expect(environmentOf(image)).toMatchObject({ FORMAL_MOCK_HOST: '0.0.0.0', NODE_ENV: 'production' });
    expect(textsOf(image, 'EXPOSE')).toEqual(['4010']);
  });

  test('starts node without a shell in between, so that SIGTERM reaches it', () => {
    expect(startCommand).toEqual(['node', 'dist/cli/main.js', 'serve']);
    expect(textsOf(image, 'RUN')).toEqual([]);
  });

  test('is checked by a script that needs nothing but node', () => {
    expect(healthCommand).toEqual(['node', 'dist/cli/health.js']);
  });

  test('is built without tests, secrets, history or what was installed before', () => {
    const isKept = parseDockerignore(readProjectFile('.dockerignore'));
    expect(['src/errors.ts', 'package-lock.json', 'fixtures/a/b.json'].filter(isKept)).toHaveLength(3);
    const left = [
      '.git/config',
      '.env',
      'node_modules/a/a.js',
      'dist/a.js',
      'test/a.ts',
      'src/a.test.ts',
      'README.md',
    ];
    expect(left.filter(isKept)).toEqual([]);
  });
});

test('its commands install, build, start, answer the health check and end on SIGTERM in an empty folder', async () => {
  const top = mkdtempSync(join(tmpdir(), 'formal-mock-image-'));
  onTestFinished(() => rmSync(top, { recursive: true, force: true }));
  const workdir = runStages(stages, top);
  const packages = readdirSync(join(workdir, 'node_modules'));
  expect(packages).toContain('express');
  expect(packages.filter((name) => ['vitest', 'typescript', '@biomejs'].includes(name))).toEqual([]);
  expect(existsSync(join(workdir, 'src'))).toBe(false);
  expect(sizeOf(workdir)).toBeLessThan(MAX_IMAGE_BYTES);

  const env = { ...environmentOf(image), FORMAL_MOCK_PORT: String(await freePort()) };
  const checkHealth = () =>
    spawnSync(process.execPath, healthCommand.slice(1), {
      cwd: workdir,
      env: { ...cleanEnvironment(), ...env },
    }).status;
  expect(checkHealth()).toBe(1);
  const mock = await startCli({ command: [process.execPath, ...startCommand.slice(1)], cwd: workdir, env });
  expect(new URL(mock.url).hostname).toBe('0.0.0.0');
  expect(checkHealth()).toBe(0);
  expect(await mock.stop()).toBe(0);
  expect(checkHealth()).toBe(1);
}, 300_000);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
