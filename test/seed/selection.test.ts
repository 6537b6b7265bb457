import { describe, expect, it } from 'vitest';
import { compileRowFilter } from '../../src/seed/query-filter.ts';
import { cutParts, parseShard, rowBefore, selectRows, shardOf } from '../../src/seed/row-selection.ts';
import { listSessions } from '../../src/sessions/list-sessions.ts';
import { pageToSessions } from '../../src/sessions/page.ts';
import { DEFAULT_SETTINGS } from '../../src/sessions/settings.ts';
import { encodeText } from './support/encode.ts';
import { NOW, startupRows } from './support/worlds.ts';

describe('a shard', () => {
  it.each(['1/1', '2/7', '100000/100000'])('%s is read', (text) => {
    const { index, count } = parseShard(text);
    expect(`${index}/${count}`).toBe(text);
  });

  it.each(['0/7', '8/7', '1', '1/0', '1/', '-1/7', '1.5/7', '1/100001', ' 1/7'])('%s is refused', (text) => {
    expect(() => parseShard(text)).toThrow(expect.objectContaining({ code: 'ERR_OPTION_INVALID' }));
  });

  it('follows the one before without gap or overlap, whatever the number of shards', async () => {
    const rows = await startupRows(1000);
    for (const count of [1, 2, 7, 64, 999, 1000, 1001, 5000]) {
      const parts = Array.from({ length: count }, (_, index) => shardOf(rows, { index: index + 1, count }));
      expect(parts.map(({ low }) => low)).toEqual([rows.low, ...parts.slice(0, -1).map(({ high }) => high)]);
      expect(parts.at(-1)?.high).toBe(rows.high);
      expect(parts.map(({ isFirst }) => isFirst).indexOf(true)).toBe(0);
      expect(parts.filter(({ isFirst, isLast }) => isFirst || isLast)).toHaveLength(Math.min(2, count));
    }
  });
});

describe('parts', () => {
  it('cut a shard at its rows and share its ends', async () => {
    const shard = shardOf(await startupRows(1000), { index: 1, count: 1 });
    expect(cutParts(shard, 400).map(({ low, high }) => high - low)).toEqual([400, 400, 200]);
    expect(cutParts(shard, 400).map(({ isFirst }) => isFirst)).toEqual([true, false, false]);
    expect(cutParts(shard, 400).map(({ isLast }) => isLast)).toEqual([false, false, true]);
  });

  it('are one empty part where there is nothing', () => {
    expect(cutParts({ low: 5, high: 5, isFirst: true, isLast: true }, 10)).toEqual([
      { low: 5, high: 5, isFirst: true, isLast: true },
    ]);
  });
});

describe('bounds', () => {
  it('include from, leave out until, and never reach beyond the world or now', async () => {
    const { world } = await startupRows(1000);
    const [from, until] = [world.startAt(100), world.startAt(200)];
    expect(selectRows(world, { now: NOW, from, until })).toMatchObject({ low: 100, high: 200 });
    expect(selectRows(world, { now: NOW, from: until, until: from })).toMatchObject({ low: 200, high: 200 });
    expect(selectRows(world, { now: NOW, from: 0, until: NOW * 2 })).toMatchObject({ low: 0, high: 1000 });
  });
});

describe('a query', () => {
  const QUERY = 'resource.technology:postgres AND NOT session_status:active';

  it('selects the sessions that the mock lists for it', async () => {
    const { world } = await startupRows(3000);
    const { filter } = compileRowFilter(world, QUERY, { now: NOW });
    const page = listSessions({ query: QUERY, limit: 3000, sortBy: '-start_time' }, world, {
      now: NOW,
      settings: DEFAULT_SETTINGS,
    });
    const listed = pageToSessions(page, world);
    const text = await encodeText(selectRows(world, { now: NOW, filter }), 'json');
    const written: unknown = JSON.parse(text);
    expect(listed.length).toBeGreaterThan(100);
    expect(listed.length).toBeLessThan(2900);
    expect(written).toEqual([...listed].sort((a, b) => ((a.id ?? '') < (b.id ?? '') ? -1 : 1)));
  });

  it('knows the last selected row before any other', async () => {
    const { world } = await startupRows(500);
    const { filter } = compileRowFilter(world, 'resource.technology:ssh', { now: NOW });
    const rows = selectRows(world, { now: NOW, filter });
    const matches = Array.from({ length: 500 }, (_, row) => row).filter(
      (row) => world.at(row, NOW).resource?.technology === 'ssh',
    );
    for (const row of [0, 1, 250, 500]) {
      expect(rowBefore(rows, row)).toBe(matches.filter((match) => match < row).at(-1) ?? -1);
    }
  });

  it('that selects nothing writes what an empty world writes', async () => {
    const { world } = await startupRows(500);
    const { filter } = compileRowFilter(world, 'resource.technology:nothing', { now: NOW });
    const rows = selectRows(world, { now: NOW, filter });
    expect(await encodeText(rows, 'ndjson')).toBe('');
    expect(await encodeText(rows, 'json')).toBe('[\n]\n');
  });
});
