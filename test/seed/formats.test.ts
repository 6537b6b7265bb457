import { describe, expect, it } from 'vitest';
import { FORMAT_NAMES } from '../../src/seed/format-names.ts';
import { selectRows } from '../../src/seed/row-selection.ts';
import type { SessionObject } from '../../src/world/session-object.ts';
import { encodeBytes, encodeText } from './support/encode.ts';
import { NOW, selectionOf, startupRows, trickySessions } from './support/worlds.ts';

const TEXT_FORMATS = FORMAT_NAMES.filter((format) => !format.startsWith('parquet'));

describe('NDJSON and JSON', () => {
  it('hold the sessions that the world holds, byte for byte and in its order', async () => {
    const rows = await startupRows(3000);
    const expected = Array.from({ length: 3000 }, (_, row) => rows.world.json(row, NOW));
    expect(await encodeText(rows, 'ndjson')).toBe(`${expected.join('\n')}\n`);
    expect(await encodeText(rows, 'json')).toBe(`[\n${expected.join(',\n')}\n]\n`);
  });

  it('keep every character of awkward texts', async () => {
    const sessions = trickySessions();
    const text = await encodeText(selectionOf(sessions), 'ndjson');
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toEqual(sessions);
  });

  it('are an empty text and an empty array when nothing is selected', async () => {
    const nothing = selectRows((await startupRows(10)).world, { now: NOW, until: 0 });
    expect(await encodeText(nothing, 'ndjson')).toBe('');
    expect(JSON.parse(await encodeText(nothing, 'json'))).toEqual([]);
  });
});

describe('every text format', () => {
  it.each(TEXT_FORMATS)('%s writes the same from columns as from sessions', async (format) => {
    const rows = await startupRows(3000);
    const fromColumns = await encodeBytes(rows, format, { exact: false });
    const fromSessions = await encodeBytes(rows, format, { exact: true });
    expect(fromColumns.equals(fromSessions)).toBe(true);
  });

  it.each(TEXT_FORMATS)('%s says the same compressed', async (format) => {
    const rows = await startupRows(2000);
    expect(await encodeText(rows, format, { gzip: true })).toBe(await encodeText(rows, format));
  });

  it.each(TEXT_FORMATS)('%s shows sessions as they were at an earlier now', async (format) => {
    const { world } = await startupRows(500);
    const earlier = world.startAt(300);
    const rows = selectRows(world, { now: earlier });
    expect(rows.high).toBe(world.count(earlier));
    expect(await encodeText(rows, format)).not.toContain(world.idAt(rows.high));
  });
});

describe('columns that cannot hold a session', () => {
  it('are noticed, and the session itself is written', async () => {
    const odd: SessionObject = { id: 'session_1', startTime: '2026-01-15T09:00:00.123456789Z' };
    expect(await encodeText(selectionOf([odd]), 'ndjson')).toBe(`${JSON.stringify(odd)}\n`);
  });
});
