import { describe, expect, it } from 'vitest';
import { parseRelativeTime } from './fixture-time.ts';

const NOW = Date.parse('2026-01-15T12:34:56.789Z');

describe('a relative time', () => {
  it.each([
    ['now', '2026-01-15T12:34:56.789Z'],
    ['now-5m', '2026-01-15T12:29:56.789Z'],
    ['now+1h+30m', '2026-01-15T14:04:56.789Z'],
    ['now-789ms', '2026-01-15T12:34:56Z'],
    ['now/s', '2026-01-15T12:34:56Z'],
    ['now/h', '2026-01-15T12:00:00Z'],
    ['now/d', '2026-01-15T00:00:00Z'],
    ['now/d-1h', '2026-01-14T23:00:00Z'],
    ['now-1d/d', '2026-01-14T00:00:00Z'],
    ['now/w', '2026-01-12T00:00:00Z'],
    ['now-2w', '2026-01-01T12:34:56.789Z'],
  ])('%s is %s', (text, expected) => {
    expect(parseRelativeTime(text, NOW)).toBe(expected);
  });

  it.each(['', 'now-', 'now-5', 'now-5y', 'now -5m', 'Now', 'now/M', '2026-01-15T12:00:00Z', 'yesterday'])(
    'is not %j',
    (text) => {
      expect(parseRelativeTime(text, NOW)).toBeUndefined();
    },
  );
});
