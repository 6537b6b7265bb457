import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type ByteWriter,
  createInstantWriter,
  createMillisecondWriter,
  writeDuration,
} from './byte-digits.ts';
import { createTimestampWriter, formatDuration } from './civil-time.ts';

function textOf(write: ByteWriter<number>, value: number): string {
  const out = Buffer.alloc(64);
  return out.toString('latin1', 3, write(out, 3, value));
}

it('instants are written as the world writes them', () => {
  const [bytes, digits, text] = [createInstantWriter(), createMillisecondWriter(), createTimestampWriter()];
  const instants = fc.integer({
    min: Date.parse('2000-01-01T00:00:00Z'),
    max: Date.parse('2999-12-31T23:59:59Z'),
  });
  fc.assert(
    fc.property(instants, (ms) => {
      expect(textOf(bytes, ms)).toBe(text(ms));
      if (ms % 1000 !== 0) expect(textOf(digits, ms)).toBe(text(ms));
    }),
  );
  expect(textOf(bytes, Date.parse('2026-01-15T12:00:00Z'))).toBe('2026-01-15T12:00:00Z');
});

it('durations are written as the world writes them', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e12 }), (ms) => {
      expect(textOf(writeDuration, ms)).toBe(formatDuration(ms));
    }),
  );
  for (const ms of [0, 1, 999, 1000, 9_999, 10_000, 2_592_000_000]) {
    expect(textOf(writeDuration, ms)).toBe(formatDuration(ms));
  }
});
