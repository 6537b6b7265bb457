import { describe, expect, it } from 'vitest';
import { fixtureWorld, NOON } from '../../test/determinism/fixture-world.ts';
import { DEFAULT_SETTINGS, type SessionsSettings } from './settings.ts';
import { resolveWindow } from './window.ts';

const world = fixtureWorld({ count: 100 });
const at = new Date(world.startAt(40)).toISOString();

function windowOf(
  request: { readonly startTimestamp?: string; readonly endTimestamp?: string },
  change: Partial<SessionsSettings> = {},
) {
  const settings = { ...DEFAULT_SETTINGS, ...change };
  return resolveWindow({ limit: 1, ...request }, { world, now: NOON, settings });
}

describe('a bound that a session starts at exactly', () => {
  it('takes it in or leaves it out as the settings say', () => {
    expect(windowOf({ startTimestamp: at })).toEqual({ low: 40, high: 100 });
    expect(windowOf({ startTimestamp: at }, { windowStart: 'exclusive' })).toEqual({ low: 41, high: 100 });
    expect(windowOf({ endTimestamp: at })).toEqual({ low: 0, high: 40 });
    expect(windowOf({ endTimestamp: at }, { windowEnd: 'inclusive' })).toEqual({ low: 0, high: 41 });
  });

  it('is passed by a microsecond', () => {
    const micros = `${at.slice(0, -1)}001Z`;
    expect(windowOf({ startTimestamp: micros })).toEqual({ low: 41, high: 100 });
    expect(windowOf({ startTimestamp: micros }, { windowStart: 'exclusive' }).low).toBe(41);
    expect(windowOf({ endTimestamp: micros })).toEqual({ low: 0, high: 41 });
    expect(windowOf({ endTimestamp: micros }, { windowEnd: 'inclusive' }).high).toBe(41);
  });
});

it('an inverted window is empty, or an error where the settings say so', () => {
  const inverted = { startTimestamp: '2026-01-02T00:00:00Z', endTimestamp: '2026-01-01T00:00:00Z' };
  const { low, high } = windowOf(inverted);
  expect(low).toBeGreaterThanOrEqual(high);
  expect(() => windowOf(inverted, { invertedWindow: 'error' })).toThrow(
    'startTimestamp must not be after endTimestamp',
  );
});

it('nothing that has not started is in any window', () => {
  const settings = DEFAULT_SETTINGS;
  const request = { limit: 1, endTimestamp: '9999-12-31T23:59:59Z' };
  expect(resolveWindow(request, { world, now: world.startAt(40), settings })).toEqual({ low: 0, high: 41 });
});
