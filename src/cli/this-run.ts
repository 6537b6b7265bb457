import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { RunOwner } from '../seed/run-owner.ts';

/** This process as the owner of what it writes. A later process with the same number has another start. */
export function thisRun(): RunOwner {
  return {
    id: `${process.pid}-${startOf(process.pid) ?? 0}`,
    isRunning: (id) => {
      const [pid = 0, start = 0] = id.split('-').map(Number);
      const found = startOf(pid);
      return start === 0 || found === undefined ? isAlive(pid) : found === start;
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be signalled, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const ENDED = -1;

/** When a process began, as a number that no other process of its number has; undefined where the system does not say. */
function startOf(pid: number): number | undefined {
  try {
    // The name, in parentheses, may hold spaces; behind it come the state and, 19 fields later, the start.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return /^[ZX]/.test(fields[0] ?? '') ? ENDED : Number(fields[19]);
  } catch {
    // Not Linux: `ps` says it to the second; without it a process of the same number counts as the same.
    return startByPs(pid);
  }
}

function startByPs(pid: number): number | undefined {
  if (process.platform === 'win32' || process.platform === 'linux') return undefined;
  try {
    const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    });
    return Number.isNaN(Date.parse(text)) ? undefined : Date.parse(text) / 1000;
  } catch {
    // No such process any more, or no `ps`.
    return undefined;
  }
}
