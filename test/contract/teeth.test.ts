import { expect, test } from 'vitest';
import { ALL_CASES } from '../../src/contract/cases/all-cases.ts';
import type { Defect } from './servers/defect.ts';
import { ACCESS_DEFECTS } from './servers/defects-access.ts';
import { DATA_DEFECTS } from './servers/defects-data.ts';
import { FORM_DEFECTS } from './servers/defects-form.ts';
import { PROTOCOL_DEFECTS } from './servers/defects-protocol.ts';
import { REFUSAL_DEFECTS } from './servers/defects-refusals.ts';
import { REQUEST_DEFECTS } from './servers/defects-requests.ts';
import { RULE_DEFECTS } from './servers/defects-rules.ts';
import { SEARCH_DEFECTS } from './servers/defects-search.ts';
import { VALUE_DEFECTS } from './servers/defects-values.ts';

const DEFECTS: readonly Defect[] = [
  ...ACCESS_DEFECTS,
  ...FORM_DEFECTS,
  ...RULE_DEFECTS,
  ...DATA_DEFECTS,
  ...PROTOCOL_DEFECTS,
  ...SEARCH_DEFECTS,
  ...VALUE_DEFECTS,
  ...REQUEST_DEFECTS,
  ...REFUSAL_DEFECTS,
];

/** Two judge the document, which a server cannot break; the third only tells how long pages took. */
const WITHOUT_TEETH = ['schema/document-examples', 'schema/document-refuses', 'performance/observed'];

test('every case catches at least one broken server', () => {
  const caught = new Set(DEFECTS.flatMap(({ fails = [], observes = [] }) => [...fails, ...observes]));
  expect(ALL_CASES.map(({ id }) => id).filter((id) => !caught.has(id))).toEqual(WITHOUT_TEETH);
});

test('every named case exists', () => {
  const ids = new Set(ALL_CASES.map(({ id }) => id));
  expect(
    DEFECTS.flatMap(({ fails = [], observes = [] }) => [...fails, ...observes]).filter((id) => !ids.has(id)),
  ).toEqual([]);
});

test('there are at least sixty broken servers, each with its own name', () => {
  expect(new Set(DEFECTS.map(({ name }) => name)).size).toBe(DEFECTS.length);
  expect(DEFECTS.length).toBeGreaterThanOrEqual(60);
});
