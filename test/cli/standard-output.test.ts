import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const COMMANDS = [
  '--help',
  'scenarios',
  'scenarios incident --json',
  'seed --schema postgres',
  'query status:active',
  'spec check openapi.yaml',
  'contract list',
  'contract explain auth/no-key',
  'contract plan',
];

/** Runs a command whose reader is gone before it writes. */
function withoutReader(command: string): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, [MAIN, ...command.split(' ')], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stderr })));
}

describe('standard output of every command', () => {
  it.each(COMMANDS)('that nobody reads is no failure: %s', async (command) => {
    expect(await withoutReader(command)).toEqual({ code: 0, stderr: '' });
  });

  it.skipIf(!existsSync('/dev/full')).each(COMMANDS)(
    'on a full disk is one clear line and exit code 74: %s',
    (command) => {
      const args = ['-c', '"$@" > /dev/full', 'sh', process.execPath, MAIN, ...command.split(' ')];
      const { status, stderr } = spawnSync('sh', args, { cwd: ROOT, encoding: 'utf8' });
      expect([status, stderr]).toEqual([74, 'formal-mock: cannot write standard output: the disk is full\n']);
    },
  );
});
