import { expect, test } from 'vitest';
import { ALL_CASES } from './cases/all-cases.ts';
import { LEARNING_CASES } from './learning-cases.ts';
import { createPlan, matchesGlob, type Plan, PREFLIGHT_PROBE } from './plan.ts';
import { ALL_PROBES } from './probes/all-probes.ts';

function plan(
  options: { isLive?: boolean; smoke?: boolean; deep?: boolean; only?: readonly string[] } = {},
): Plan {
  const { isLive = false, smoke = false, deep = false, only = [] } = options;
  return createPlan({
    canInsert: true,
    cases: ALL_CASES,
    probes: ALL_PROBES,
    only,
    skip: [],
    smoke,
    deep,
    isLive,
  });
}

test('a full run plans at most 120 requests, a live one at most 90, a smoke one at most 15', () => {
  expect(plan().maxRequests).toBeLessThanOrEqual(120);
  expect(plan({ isLive: true }).maxRequests).toBeLessThanOrEqual(90);
  expect(plan({ smoke: true }).maxRequests).toBeLessThanOrEqual(15);
});

test('every probe comes after the probes it needs, and the preflight comes first', () => {
  const ids = plan({ deep: true }).probes.map(({ id }) => id);
  expect(ids[0]).toBe(PREFLIGHT_PROBE);
  for (const { id, needs } of plan({ deep: true }).probes) {
    for (const need of needs) expect(ids.indexOf(need), `${id} needs ${need}`).toBeLessThan(ids.indexOf(id));
  }
});

test('near-miss keys, keys in URLs, deep nesting and oversize bodies are never sent to the live service', () => {
  const live = plan({ isLive: true, deep: true }).probes.map(({ id }) => id);
  for (const id of [
    'auth/shorter-key',
    'auth/longer-key',
    'auth/other-case-key',
    'auth/key-in-query',
    'body/deep',
    'body/oversize',
  ]) {
    expect(live).not.toContain(id);
  }
});

test('a selected case brings the probes it needs, and no others', () => {
  const { cases, probes } = plan({ only: ['pagination/cursor-replay'] });
  expect(cases.map(({ id }) => id)).toEqual(['pagination/cursor-replay']);
  expect(probes.map(({ id }) => id)).toEqual([
    PREFLIGHT_PROBE,
    'page/first',
    'page/window',
    'walk/small',
    'cursor/replay',
  ]);
});

test('every probe a case names exists, and every probe is named by a case or needed by a probe', () => {
  const ids = new Set(ALL_PROBES.map(({ id }) => id));
  const named = new Set([
    ...ALL_CASES.flatMap(({ probes }) => (probes === 'all' ? [] : probes)),
    ...ALL_PROBES.flatMap(({ needs }) => needs),
  ]);
  expect([...named].filter((id) => !ids.has(id))).toEqual([]);
  expect([...ids].filter((id) => !named.has(id))).toEqual([]);
});

test('ids of cases and probes are unique and begin with their area', () => {
  expect(new Set(ALL_CASES.map(({ id }) => id)).size).toBe(ALL_CASES.length);
  expect(new Set(ALL_PROBES.map(({ id }) => id)).size).toBe(ALL_PROBES.length);
  for (const { id, category } of ALL_CASES) expect(id.startsWith(`${category}/`)).toBe(true);
});

test.each([
  ['pagination/*', 'pagination/count', true],
  ['pagination/*', 'time/malformed', false],
  ['*/malformed', 'time/malformed', true],
  ['*', 'a/b', true],
  ['a*b*c', 'aXbXc', true],
  ['a*a', 'a', false],
  ['time/malformed', 'time/malformed-survived', false],
])('the pattern %s matches %s: %s', (glob, id, expected) => {
  expect(matchesGlob(glob, id)).toBe(expected);
});

test('learning from the live service stays within ninety requests', () => {
  expect(plan({ isLive: true, deep: true, only: LEARNING_CASES }).maxRequests).toBeLessThanOrEqual(90);
});
