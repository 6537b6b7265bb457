import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unprivilegedUser } from './unprivileged-user.ts';

/** A MariaDB of this test alone, with one empty database. */
export interface MariadbServer {
  /** Runs SQL through the command-line client, as somebody who loads a file does; gives the rows, cells apart by tabs. */
  run(sql: string | Buffer): string[][];
  stop(): Promise<void>;
}

const SERVERS = ['mariadbd', '/usr/sbin/mariadbd'];

/** The server's program, or undefined where it or the client is not installed. */
export function mariadbProgram(): string | undefined {
  return SERVERS.find((program) => [program, 'mariadb', 'mariadb-install-db'].every(isInstalled));
}

/** A program that can be started, whatever it says about the question. */
function isInstalled(program: string): boolean {
  return spawnSync(program, ['--no-defaults', '--help'], { stdio: 'ignore' }).error === undefined;
}

/** Starts a server that listens on a socket in a temporary folder, where its data is. */
export async function startMariadb(program: string): Promise<MariadbServer> {
  const owner = unprivilegedUser();
  const folder = mkdtempSync(join(tmpdir(), 'formal-mock-db-'));
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  const [data, socket] = [join(folder, 'data'), join(folder, 'socket')];
  const install = ['--no-defaults', `--datadir=${data}`, '--skip-test-db'];
  execFileSync('mariadb-install-db', [...install, '--auth-root-authentication-method=normal'], {
    ...owner,
    cwd: folder,
    stdio: 'pipe',
  });
  const settings = [`--datadir=${data}`, `--socket=${socket}`, '--skip-networking'];
  const child = spawn(program, ['--no-defaults', ...settings, '--innodb-flush-log-at-trx-commit=0'], {
    ...owner,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await readiness(child);
  const client = ['--no-defaults', `--socket=${socket}`, '--user=root', '--default-character-set=utf8mb4'];
  const run = (sql: string | Buffer, ...more: string[]): string =>
    execFileSync('mariadb', [...client, '--batch', '--skip-column-names', ...more], {
      input: sql,
      stdio: 'pipe',
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
    });
  run('CREATE DATABASE demo');
  return {
    run: (sql) =>
      run(sql, 'demo')
        .split('\n')
        .slice(0, -1)
        .map((line) => line.split('\t')),
    stop: async () => {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
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
      if (log.includes('ready for connections')) resolve();
    });
    child.once('close', () => reject(new Error(`MariaDB did not start: ${log}`)));
  });
}
