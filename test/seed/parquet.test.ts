import { expect, it } from 'vitest';
import { encodeBytes } from './support/encode.ts';
import { startupRows } from './support/worlds.ts';

it.each(['parquet', 'parquet-flat'] as const)(
  '%s made from columns is byte for byte what is made from the sessions themselves',
  async (format) => {
    const selection = await startupRows(3000);
    const [columns, sessions] = [
      await encodeBytes(selection, format),
      await encodeBytes(selection, format, { exact: true }),
    ];
    expect(columns.equals(sessions)).toBe(true);
  },
);
