import { spawn } from 'node:child_process';

/** How the command ended. */
export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `formal-mock contract`, as built, with nothing but the given environment. */
export function runCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = spawn(process.execPath, ['dist/cli/main.js', 'contract', ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  const ended = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    ended.stdout += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    ended.stderr += chunk.toString('utf8');
  });
  return new Promise((resolve) => child.on('close', (exitCode) => resolve({ exitCode, ...ended })));
}
