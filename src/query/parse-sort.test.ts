import { expect, test } from 'vitest';
import { createSessionComparator } from './compare-sessions.ts';
import { parseSort } from './parse-sort.ts';

test.for([
  ['', []],
  ['start_time', [{ path: 'start_time', descending: true }]],
  ['+startTime', [{ path: 'start_time', descending: true }]],
  ['-timestamp', [{ path: 'start_time', descending: false }]],
  [
    'technology,-duration_ms',
    [
      { path: 'resource.technology', descending: true },
      { path: 'duration', descending: false },
    ],
  ],
  ['email:asc', [{ path: 'user.formal.user.email', descending: false }]],
  ['email DESC', [{ path: 'user.formal.user.email', descending: true }]],
  [
    'status: asc, id desc',
    [
      { path: 'session_status', descending: false },
      { path: 'id', descending: true },
    ],
  ],
  ['_doc', [{ path: 'id', descending: true }]],
] as const)('sortBy %j is read', ([text, keys]) => {
  expect(parseSort(text)).toEqual(keys);
});

test.for([
  ['a_field_nobody_knows', /bad_sort: there is no field/],
  ['start_tme', /did you mean start_time\?/],
  ['status, -id', /"-id" is not a field.*no blank before the sign/],
  ['--id', /is not a field/],
  ['id,status,duration', /3 sort keys: expected at most 2/],
  ['user', /"user" is several fields.*user.username/],
  ['network', /several fields/],
  ['groups', /is a list/],
  ['risk_level', /never has a value/],
  ['-id:asc', /bad_sort/],
  ['id,', /bad_sort/],
] as const)('sortBy %j is refused', ([text, message]) => {
  expect(() => parseSort(text)).toThrow(message);
});

test('quickwit refuses fields cut into words and direction words', () => {
  expect(() => parseSort('email', 'quickwit')).toThrow(/cut into words/);
  expect(() => parseSort('id:asc', 'quickwit')).toThrow(/bad_sort/);
  expect(parseSort('-id', 'quickwit')).toEqual([{ path: 'id', descending: false }]);
});

const sessions = [
  { id: 'a', startTime: '2026-01-15T09:00:00Z', duration: '10s', resource: { name: '😀' } },
  { id: 'b', startTime: '2026-01-15T10:00:00Z', duration: '9.5s', resource: { name: '\uffee' } },
  { id: 'c', startTime: '2026-01-15T09:00:00.000Z', network: { clientIpAddress: '10.0.0.9' } },
  { id: 'd', startTime: '2026-01-15T08:00:00Z', duration: '9.5s', network: { clientIpAddress: '10.0.0.10' } },
];

test.for([
  ['', 'bcad'],
  ['-start_time', 'dacb'],
  ['duration', 'adbc'],
  ['-duration', 'bdac'],
  ['-resource.name', 'bacd'],
  ['resource.name', 'abdc'],
  ['-ip', 'cdab'],
  ['duration,-start_time', 'adbc'],
  ['-duration,start_time', 'bdac'],
  ['_score', 'dcba'],
] as const)(
  'sorted by %j the sessions come as %s: absent last, ties by id in the first direction',
  ([text, expected]) => {
    const compare = createSessionComparator(parseSort(text));
    expect(
      sessions
        .toSorted(compare)
        .map(({ id }) => id)
        .join(''),
    ).toBe(expected);
  },
);
