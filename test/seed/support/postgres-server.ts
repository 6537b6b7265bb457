import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { unprivilegedUser } from './unprivileged-user.ts';

/** A PostgreSQL of this test alone. */
export interface PostgresServer {
  /** Connection string of its database `postgres`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** The folder of PostgreSQL's programs, or undefined when it is not installed. */
export function postgresBinaries(): string | undefined {
  try {
    const folder = execFileSync('pg_config', ['--bindir'], { encoding: 'utf8' }).trim();
    execFileSync(join(folder, 'initdb'), ['--version']);
    return folder;
  } catch {
    // Not installed, or its client only: the tests that need it are skipped and say so.
    return undefined;
  }
}

/** Starts a server on a free loopback port, with its data in a temporary folder. */
export async function startPostgres(binaries: string): Promise<PostgresServer> {
  const owner = unprivilegedUser();
  const folder = mkdtempSync(join(tmpdir(), 'formal-mock-pg-'));
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const options = ['-D', data, '-U', 'demo', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(binaries, 'initdb'), options, { ...owner, cwd: folder, stdio: 'pipe' });
  const port = await freePort();
  const settings = ['-p', String(port), '-h', '127.0.0.1', '-k', folder, '-F', '-c', 'max_connections=10'];
  const child = spawn(join(binaries, 'postgres'), ['-D', data, ...settings], {
    ...owner,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await readiness(child);
  return {
    url: `postgres://demo@127.0.0.1:${port}/postgres`,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function readiness(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString('utf8');
      if (log.includes('database system is ready to accept connections')) resolve();
    });
    child.once('close', () => reject(new Error(`PostgreSQL did not start: ${log}`)));
  });
}
