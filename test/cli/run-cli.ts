import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { PROJECT } from '../house/source-tree.ts';
import { type RunningCli, startCli } from '../house/start-cli.ts';

/** The built command line. */
export const CLI: string = join(PROJECT, 'dist/cli/main.js');

/** What a program left behind. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where a program runs. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Sees the process before it has said anything. */
  readonly onSpawn?: (child: ChildProcess) => void;
}

/** Runs the command line to its end. */
export async function runCli(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: options.cwd ?? PROJECT,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  // A run that does not end by itself must not outlive the test.
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : null, ...output };
}

/** Starts `serve` on a free port and stops it when the test has finished. */
export async function serveCli(args: readonly string[], options: RunOptions = {}): Promise<RunningCli> {
  const command = [process.execPath, CLI, 'serve', '--port', '0', ...args];
  const cli = await startCli({ ...options, command });
  onTestFinished(async () => {
    await cli.stop();
  });
  return cli;
}

/** An empty folder with these files, gone when the test has finished. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'formal-mock-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}
