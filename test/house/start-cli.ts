import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { PROJECT } from './source-tree.ts';

/** A program that was started and answered that it listens. */
export interface RunningCli {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** Sends SIGTERM and resolves with the exit code, null when a signal ended it. */
  stop(): Promise<number | null>;
}

/** How to start it; everything has a default that starts the built command line of this project. */
export interface StartOptions {
  /** Program and arguments; default: this Node running `dist/cli/main.js serve --port 0 --json`. */
  readonly command?: readonly string[];
  /** Working directory; default: the project. */
  readonly cwd?: string;
  /** Variables on top of those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Sees the process before it has said anything. */
  readonly onSpawn?: (child: ChildProcess) => void;
}

/** Starts the mock as a separate process and waits for the line that says where it listens. */
export async function startCli(options: StartOptions = {}): Promise<RunningCli> {
  const command = options.command ?? [process.execPath, 'dist/cli/main.js', 'serve', '--port', '0', '--json'];
  const child = spawn(command[0] ?? '', command.slice(1), {
    cwd: options.cwd ?? PROJECT,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  options.onSpawn?.(child);
  const exited = once(child, 'exit');
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const firstLine = once(createInterface({ input: child.stdout }), 'line');
  const first = await Promise.race([firstLine, exited.then(() => undefined)]);
  if (first === undefined) throw new Error(`${command.join(' ')} ended before it listened:\n${stderr}`);
  const { url, port } = parseListening(String(first[0]));
  const stop = async (): Promise<number | null> => {
    child.kill('SIGTERM');
    const [code] = await exited;
    return typeof code === 'number' ? code : null;
  };
  return { url, port, process: child, stop };
}

/** Reads `{"event":"listening","url":…,"port":…}`, or the same fact as a sentence. */
function parseListening(line: string): { url: string; port: number } {
  const url = /http:\/\/[^\s"]+/.exec(line)?.[0];
  if (url === undefined) throw new Error(`the first line names no address: ${line}`);
  return { url, port: Number(new URL(url).port) };
}
