import { describe, expect, it } from 'vitest';
import { createProgressReport, formatBar } from './seed-progress.ts';

const half = { rows: 500_000, bytes: 402_500_000, seen: 500_000, total: 1_000_000 };
const summary = { rows: 1_000_000, target: 'demo/', now: '2026-01-15T12:00:00.000Z', facts: { files: 4 } };

function recorder(times: number[]) {
  const written: string[] = [];
  const stream = { columns: 80, write: (text: string) => written.push(text) > 0 };
  return { written, output: { stream, clock: () => times.shift() ?? 0 } };
}

describe('the bar', () => {
  it('shows share, rows, bytes, rows per second and time left', () => {
    expect(formatBar(half, { elapsedMs: 1000, columns: 100 })).toBe(
      '[===============               ]  50%  500 000 sessions  402.5 MB  500 000/s  ETA 1.0 s',
    );
  });

  it.each([0, 5, 20, 40, 60, 80])('is never wider than %d columns', (columns) => {
    expect(formatBar(half, { elapsedMs: 1000, columns }).length).toBeLessThanOrEqual(columns);
  });

  it('knows neither rate nor time left at the start, and shows no nonsense for them', () => {
    const start = { rows: 0, bytes: 0, seen: 0, total: 0 };
    expect(formatBar(start, { elapsedMs: 0, columns: 100 })).not.toMatch(/NaN|Infinity/);
  });

  it('is drawn at most ten times a second, and replaced by a summary', () => {
    const { written, output } = recorder([0, 10, 50, 99, 120, 2500]);
    const report = createProgressReport('bar', output);
    for (let call = 0; call < 4; call += 1) report.onProgress(half);
    report.finish(summary);
    expect(written).toHaveLength(4);
    expect(written.at(-1)).toBe(
      '1 000 000 sessions, 402.5 MB, 4 files in 2.5 s -> demo/ (now 2026-01-15T12:00:00.000Z)\n',
    );
  });
});

describe('JSON lines', () => {
  it('come at most twice a second, and one at the end', () => {
    const { written, output } = recorder([0, 10, 200, 520, 900]);
    const report = createProgressReport('json', output);
    for (let call = 0; call < 3; call += 1) report.onProgress(half);
    report.finish(summary);
    expect(written.map((line): unknown => JSON.parse(line))).toEqual([
      { event: 'progress', ...half, elapsedMs: 10 },
      { event: 'progress', ...half, elapsedMs: 520 },
      {
        event: 'done',
        rows: 1_000_000,
        bytes: half.bytes,
        elapsedMs: 900,
        target: 'demo/',
        now: '2026-01-15T12:00:00.000Z',
        files: 4,
      },
    ]);
  });
});

it('no report writes nothing', () => {
  const { written, output } = recorder([]);
  const report = createProgressReport('none', output);
  report.onProgress(half);
  report.finish(summary);
  report.clear();
  expect(written).toEqual([]);
});
