// Starting servers as processes of their own, and reading what they cost.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const REPORTER = new URL('./report-usage.mjs', import.meta.url).href;
const TICKS_PER_SECOND = 100;
const hasProc = existsSync('/proc/self/stat');

/** Starts `node ARGS`, waits for its listening line; gives its URL, its costs and a way to end it. */
export async function startServer(args) {
  const flags = hasProc ? [] : ['--import', REPORTER];
  const child = spawn(process.execPath, [...flags, ...args], {
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'ignore', ...(hasProc ? [] : ['ipc'])],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, 'line'), exited.then(() => undefined)]);
  if (first === undefined) throw new Error(`node ${args.join(' ')} ended before it listened`);
  return {
    url: JSON.parse(first[0]).url,
    readCpuMs: () => (hasProc ? readProcCpuMs(child.pid) : askChild(child, 'cpuMs')),
    readRssMb: () => (hasProc ? readProcRssMb(child.pid) : askChild(child, 'rssMb')),
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

function readProcCpuMs(pid) {
  const ticks = treeOf(pid).reduce((sum, member) => sum + member.ticks, 0);
  return (ticks * 1000) / TICKS_PER_SECOND;
}

function readProcRssMb(pid) {
  return treeOf(pid).reduce((sum, member) => sum + rssKbOf(member.pid) / 1024, 0);
}

function rssKbOf(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
}

/** A process and all below it: a server that hands work to children is charged for them. */
function treeOf(root) {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(readStat)
    .filter((entry) => entry !== undefined);
  const tree = all.filter(({ pid }) => pid === root);
  for (let at = 0; at < tree.length; at += 1)
    tree.push(...all.filter(({ parent }) => parent === tree[at].pid));
  return tree;
}

function readStat(name) {
  try {
    const text = readFileSync(`/proc/${name}/stat`, 'utf8');
    // The program's name may hold spaces; what follows its closing bracket may not.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { pid: Number(name), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    // It ended between the listing and the reading.
    return undefined;
  }
}

async function askChild(child, what) {
  child.send('usage');
  const [usage] = await once(child, 'message');
  return usage[what];
}
