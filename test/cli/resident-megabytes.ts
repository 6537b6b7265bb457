import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Memory a process holds right now (RSS), in MB of 10^6 bytes. */
export async function residentMegabytes(pid: number | undefined): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  const kibibytes = Number(stdout.trim());
  if (!(kibibytes > 0)) throw new Error(`no process ${pid}`);
  return (kibibytes * 1024) / 1e6;
}
