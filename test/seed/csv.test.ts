import { describe, expect, it } from 'vitest';
import { encodeText } from './support/encode.ts';
import { selectionOf, startupRows, trickySessions } from './support/worlds.ts';

/** Reads RFC 4180: records of cells; an absent cell is undefined, an empty text is "". */
function parseCsv(text: string): (string | undefined)[][] {
  const records: (string | undefined)[][] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  let record: (string | undefined)[] = [];
  for (let found = cell.exec(text); found !== null; found = cell.exec(text)) {
    const [, quoted, plain = '', end] = found;
    record.push(quoted === undefined ? plain || undefined : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}

const unguard = (cell: string | undefined): string | undefined => cell?.replace(/^'/, '');

const splitList = (cell: string | undefined): string[] | undefined =>
  unguard(cell)
    ?.match(/(?:\\.|[^;\\])+/gs)
    ?.map((item) => item.replaceAll(/\\(.)/gs, '$1'));

describe('CSV', () => {
  it('starts with a header, ends each record with CRLF, and has as many cells in each', async () => {
    const text = await encodeText(await startupRows(200), 'csv');
    const records = parseCsv(text);
    expect(text.startsWith('id,start_time,end_time,duration_seconds,session_status,')).toBe(true);
    expect(records).toHaveLength(201);
    expect(new Set(records.map((record) => record.length))).toEqual(new Set([32]));
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('gives every value back once quotes, guard and list escapes are undone', async () => {
    const sessions = trickySessions();
    const [header = [], ...records] = parseCsv(await encodeText(selectionOf(sessions), 'csv'));
    const cellOf = (row: number, name: string) => records[row]?.[header.indexOf(name)];
    expect(records).toHaveLength(sessions.length);
    for (const [row, session] of sessions.entries()) {
      expect(unguard(cellOf(row, 'id'))).toBe(session.id);
      expect(cellOf(row, 'start_time')).toBe(session.startTime);
      expect(cellOf(row, 'duration_seconds')).toBe(session.duration?.replace('s', ''));
      expect(unguard(cellOf(row, 'resource_name'))).toBe(session.resource?.name);
      expect(unguard(cellOf(row, 'user_formal_end_user_name'))).toBe(session.user?.formal?.endUser?.name);
      expect(splitList(cellOf(row, 'user_formal_user_groups'))).toEqual(session.user?.formal?.user?.groups);
      expect(unguard(cellOf(row, 'parent_session_id'))).toBe(session.parentSessionId);
    }
  });

  it.each(['=', '+', '-', '@', '\t', '\r', '＝', "'"])(
    'puts a quote before a cell that starts with %j, which a spreadsheet would run',
    async (first) => {
      const name = `${first}1+1`;
      const session = { id: 'session_1', startTime: '2026-01-15T09:00:00Z', resource: { name } };
      const [header = [], record = []] = parseCsv(await encodeText(selectionOf([session]), 'csv'));
      expect(record[header.indexOf('resource_name')]).toBe(`'${name}`);
    },
  );
});
