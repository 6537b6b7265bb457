import type { SeedProgress } from '../seed/pump-chunks.ts';

/** Tells how far a run has come, on standard error. */
export interface ProgressReport {
  readonly onProgress: (progress: SeedProgress) => void;
  /** Ends the report; `summary` is the last word of a bar and the last line of JSON. */
  finish(summary: ProgressSummary): void;
  /** Takes an unfinished bar off the screen. */
  clear(): void;
}

/** What a run came to. */
export interface ProgressSummary {
  readonly rows: number;
  /** Where the data went, for people. */
  readonly target: string;
  /** The instant the world was seen at, RFC 3339. */
  readonly now: string;
  /** More facts, e.g. `{ changed: 12 }`. */
  readonly facts: Readonly<Record<string, number>>;
}

/** Where a report is written and what time it is. */
export interface ProgressOutput {
  readonly stream: Pick<NodeJS.WriteStream, 'write' | 'columns'>;
  /** A clock in ms. */
  readonly clock: () => number;
}

/** ms between two lines or two pictures of the bar. */
const INTERVAL_MS = { json: 500, bar: 100 } as const;

/** Makes the report: `bar` draws one line again and again, `json` writes a line now and then, `none` nothing. */
export function createProgressReport(kind: 'bar' | 'json' | 'none', output: ProgressOutput): ProgressReport {
  if (kind === 'none')
    return { onProgress: () => undefined, finish: () => undefined, clear: () => undefined };
  const { stream, clock } = output;
  const start = clock();
  let last = Number.NEGATIVE_INFINITY;
  let bytes = 0;
  const write = (event: object): void => void stream.write(`${JSON.stringify(event)}\n`);
  const clear = (): void => void (kind === 'bar' && stream.write('\r\u001b[K'));
  return {
    onProgress: (progress) => {
      const time = clock();
      bytes = progress.bytes;
      if (time - last < INTERVAL_MS[kind]) return;
      last = time;
      const elapsedMs = Math.round(time - start);
      if (kind === 'json') write({ event: 'progress', ...progress, elapsedMs });
      else stream.write(`\r${formatBar(progress, { elapsedMs, columns: stream.columns ?? 80 })}\u001b[K`);
    },
    finish: ({ rows, target, now, facts }) => {
      const elapsedMs = Math.round(clock() - start);
      if (kind === 'json') {
        write({ event: 'done', rows, bytes, elapsedMs, target, now, ...facts });
        return;
      }
      clear();
      const more = Object.entries(facts).map(([name, value]) => `, ${formatCount(value)} ${name}`);
      const size = bytes > 0 ? `, ${formatBytes(bytes)}` : '';
      stream.write(
        `${formatCount(rows)} sessions${size}${more.join('')} in ${formatSeconds(elapsedMs)} -> ${target} (now ${now})\n`,
      );
    },
    clear,
  };
}

/** One line: bar, share, rows, bytes, rows per second, time left. Never wider than the terminal. */
export function formatBar(
  { rows, bytes, seen, total }: SeedProgress,
  { elapsedMs, columns }: { readonly elapsedMs: number; readonly columns: number },
): string {
  const share = total === 0 ? 1 : Math.min(1, seen / total);
  const rate = elapsedMs > 0 ? (rows * 1000) / elapsedMs : 0;
  const leftMs = share > 0 ? (elapsedMs * (1 - share)) / share : 0;
  const facts = `${String(Math.floor(share * 100)).padStart(3)}%  ${formatCount(rows)} sessions  ${formatBytes(
    bytes,
  )}  ${formatCount(Math.round(rate))}/s  ETA ${formatSeconds(leftMs)}`;
  const width = Math.max(0, Math.min(30, columns - facts.length - 4));
  const filled = Math.round(width * share);
  const bar = width < 5 ? '' : `[${'='.repeat(filled)}${' '.repeat(width - filled)}] `;
  return `${bar}${facts}`.slice(0, Math.max(0, columns - 1));
}

function formatCount(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ' ');
}

function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

function formatSeconds(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
