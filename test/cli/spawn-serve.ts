import { setImmediate } from 'node:timers/promises';
import { type RunOptions, serveCli } from './run-cli.ts';

/** A running `serve` and everything it has written so far. */
export interface Spoken {
  readonly url: string;
  readonly port: number;
  stdout(): string;
  stderr(): string;
}

/** Starts `serve` on a free port and keeps what it says; stopped when the test has finished. */
export async function spawnServe(args: readonly string[], options: RunOptions = {}): Promise<Spoken> {
  const said = { stdout: '', stderr: '' };
  const cli = await serveCli(args, {
    ...options,
    onSpawn: (child) => {
      child.stdout?.on('data', (part) => {
        said.stdout += String(part);
      });
      child.stderr?.on('data', (part) => {
        said.stderr += String(part);
      });
    },
  });
  // The text is written at once: what is behind its first line is here, or in the pipe.
  await fetch(`${cli.url}/health`);
  await setImmediate();
  return { url: cli.url, port: cli.port, stdout: () => said.stdout, stderr: () => said.stderr };
}
