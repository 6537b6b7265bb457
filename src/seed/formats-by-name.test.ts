import { describe, expect, it } from 'vitest';
import { ALL_SESSION_COLUMNS } from './flat-columns.ts';
import { formatOfFile, SCHEMA_NAMES } from './format-names.ts';
import { formatSchema } from './format-schema.ts';
import { loadOptional } from './optional-package.ts';
import { microsecondsOf } from './parquet-schema.ts';

describe('the format of a file', () => {
  it.each([
    ['a.csv', 'csv', false],
    ['A.CSV.GZ', 'csv', true],
    ['b.sessions.json', 'json', false],
    ['c.parquet', 'parquet', false],
    ['d.txt', undefined, false],
    ['e.gz', undefined, true],
  ])('%s', (path, format, gzip) => {
    expect(formatOfFile(path)).toEqual({ format, gzip });
  });
});

describe('a schema', () => {
  it.each(SCHEMA_NAMES)('%s names every column or field', (name) => {
    const text = formatSchema(name);
    const isIndex = name === 'elasticsearch' || name === 'quickwit';
    const names = ALL_SESSION_COLUMNS.map((column) =>
      isIndex ? (column.path.split('.').at(-1) ?? '') : column.name,
    );
    expect(names.filter((column) => !text.includes(column))).toEqual([]);
    expect(text.endsWith('\n')).toBe(true);
    if (isIndex) expect(() => JSON.parse(text)).not.toThrow();
  });
});

describe('an optional package', () => {
  const names = { feature: 'Parquet', packages: 'hyparquet-writer' };

  it('that is not there is named with the command that installs it', async () => {
    const load = () => import(`formal-mock-no-such-${'package'}`);
    await expect(loadOptional(load, names)).rejects.toMatchObject({
      code: 'ERR_PACKAGE_MISSING',
      message: 'Parquet needs the optional package hyparquet-writer: run npm install hyparquet-writer',
    });
  });

  it('that fails for another reason fails for that reason', async () => {
    await expect(loadOptional(() => Promise.reject(new Error('broken')), names)).rejects.toThrow('broken');
  });
});

it.each([
  ['2026-01-15T12:00:00Z', 1_768_478_400_000_000n],
  ['2026-01-15T12:00:00.001Z', 1_768_478_400_001_000n],
  ['2026-01-15T12:00:00.123456789Z', 1_768_478_400_123_456n],
])('%s in microseconds', (text, expected) => {
  expect(microsecondsOf(text)).toBe(expected);
});
