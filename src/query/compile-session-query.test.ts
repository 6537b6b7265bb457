import { describe, expect, test } from 'vitest';
import { compileSessionQuery, type SessionQueryOptions } from './compile-session-query.ts';
import { explainQuery } from './explain-query.ts';
import { QueryError } from './query-error.ts';
import { resolveField } from './session-resolver.ts';

const now = '2026-01-15T12:00:00Z';

const alice = {
  id: 'session_01kexample',
  startTime: '2026-01-15T09:00:00Z',
  endTime: '2026-01-15T09:00:04.262Z',
  duration: '4.262s',
  sessionStatus: 'completed',
  network: { clientIpAddress: '10.0.0.5' },
  user: {
    type: 'formal',
    username: 'idp:formal:human:alice@example.com',
    formal: {
      user: {
        id: 'user_1',
        name: 'Alice Martin',
        email: 'alice@example.com',
        type: 'human',
        groups: ['admin', 'on-call'],
      },
      endUser: { id: 'user_2', email: 'carol@example.com' },
    },
  },
  resource: { id: 'resource_1', type: 'datastore', name: 'production-postgres', technology: 'postgres' },
  connector: { id: 'connector_1', name: 'us-east-1' },
  parentSessionId: 'session_01kparent',
};

function matches(text: string, options: SessionQueryOptions = {}): boolean {
  return compileSessionQuery(text, { now, ...options }).matches(alice);
}

function warningsOf(text: string): readonly string[] {
  return compileSessionQuery(text, { now }).warnings.map(({ code }) => code);
}

describe('names', () => {
  test.for([
    'user:alice',
    'user:"alice@example.com"',
    'user:user_1',
    'email:alice',
    'user_email:alice',
    'userEmail:alice',
    'user.formal.user.email:alice',
    'user.name:martin',
    'user.sub_type:human',
    'user.formal.type:human',
    'group:admin',
    'user.type:formal',
    'user_type:formal',
    'end_user:carol',
    'endUser.email:carol',
    'enduser.id:user_2',
    'end_user_email:carol',
    'user.formal.endUser.email:carol',
    'resource:production',
    'resource.type:datastore',
    'technology:postgres',
    'protocol:postgres',
    'connector:"us-east-1"',
    'connector:connector_1',
    'parent:session_01kparent',
    'parentSessionId:session_01kparent',
    'status:completed',
    'sessionStatus:completed',
    'session.status:completed',
    'session_id:session_01kexample',
    'ip:10.0.0.5',
    'clientIp:10.0.0.5',
    'network.clientIpAddress:10.0.0.5',
    'user.formal:*',
    'network:*',
    'timestamp:[now-4h TO now]',
    'started_at:"2026-01-15T09:00:00Z"',
    'alice',
    'carol',
    'postgres',
    'production',
    'us-east',
    'session_01kexample',
  ])('%s finds the session', (text) => {
    expect(matches(text)).toBe(true);
  });

  test.for([
    'user.type:human',
    'user:us',
    'User:alice',
    'status:COMPLETED',
    'technology:Postgres',
    'sidecar:*',
    'server_ip:*',
    'native_user:*',
    'machine',
    'completed',
  ])('%s does not find the session', (text) => {
    expect(matches(text)).toBe(false);
  });

  test('a canonical path means itself, a message any of its fields, an object only its presence', () => {
    expect(resolveField('user.type')).toMatchObject({ kind: 'fields', fields: [{ path: 'user.type' }] });
    expect(resolveField('end_user')).toMatchObject({
      kind: 'fields',
      fields: [{ type: 'default' }, { type: 'default' }, { type: 'raw' }],
    });
    expect(resolveField('network').kind).toBe('object');
    expect(resolveField('risk_level').kind).toBe('empty');
    expect(resolveField('user.emial')).toEqual({ kind: 'unknown', nearest: 'user.email' });
    expect(resolveField('sessionStatos')).toEqual({ kind: 'unknown', nearest: 'session_status' });
    expect(resolveField('zzzzzz')).toEqual({ kind: 'unknown', nearest: undefined });
  });
});

describe('durations', () => {
  test.for([
    ['duration:4.262', true],
    ['duration:4.262s', true],
    ['duration:"4.262s"', true],
    ['duration_ms:4262', true],
    ['duration_s:>=4', true],
    ['durationMs:[4262 TO 4262]', true],
    ['duration_ms:4.262s', true],
    ['duration:[* TO 4.2]', false],
    ['duration_ms:>4262', false],
  ] as const)('%s: %s', ([text, expected]) => {
    expect(matches(text)).toBe(expected);
  });

  test('a duration that is no number is refused', () => {
    expect(() => compileSessionQuery('duration:PT4S')).toThrow(
      /bad_value: "PT4S" is not a value of duration at character 1: expected a number/,
    );
  });
});

describe('dialects', () => {
  test('docs takes wildcards on addresses, relative dates and times without seconds, and warns of each', () => {
    expect(matches('ip:10.0.*')).toBe(true);
    expect(matches('start_time:[2026-01-15T08:59 TO now/h]')).toBe(true);
    expect(warningsOf('ip:10.0.* AND start_time:[2026-01-15T08:59 TO now]')).toEqual([
      'dialect',
      'dialect',
      'dialect',
    ]);
  });

  test.for(['ip:10.0.*', 'start_time:>now-1d', 'start_time:>2026-01-15T08:59'])(
    'quickwit refuses %s',
    (text) => {
      expect(() => compileSessionQuery(text, { dialect: 'quickwit', now })).toThrow(QueryError);
    },
  );

  test('docs refuses ORDER BY and points to sortBy, quickwit reads four words', () => {
    const text = 'duration_ms:[5000 TO *] ORDER BY duration_ms DESC';
    expect(() => compileSessionQuery(text)).toThrow(
      /ORDER BY is not part of the query language at character 25; .*sortBy/,
    );
    expect(matches(text, { dialect: 'quickwit' })).toBe(false);
  });

  test('a relative date without a clock is refused', () => {
    expect(() => compileSessionQuery('start_time:>now-1d')).toThrow(/bad_value: "now-1d" needs a clock/);
    expect(compileSessionQuery('start_time:>now-1d', { now }).usesNow).toBe(true);
    expect(compileSessionQuery('start_time:>2026-01-15', { now }).usesNow).toBe(false);
  });
});

describe('warnings', () => {
  test('an optional clause beside a required one is the AND/OR trap', () => {
    const { warnings } = compileSessionQuery('status:active AND technology:ssh user:bob');
    expect(warnings).toEqual([
      { code: 'and_or_trap', message: expect.stringContaining('brackets'), position: 0 },
    ]);
    expect(warningsOf('user:bob status:active OR status:idle')).toEqual(['and_or_trap']);
    expect(warningsOf('user:bob (status:active OR status:idle)')).toEqual([]);
    expect(warningsOf('status:active OR status:idle')).toEqual([]);
  });

  test('a name that matches nothing is reported with the nearest known one', () => {
    const [warning] = compileSessionQuery('status:active usr.email:bob').warnings;
    expect(warning).toMatchObject({ code: 'unknown_field', position: 14 });
    expect(warning?.message).toMatch(/"usr.email", so it matches nothing; did you mean user.email\?/);
    expect(warningsOf('risk_level:[4 TO 5]')).toEqual(['empty_field']);
    expect(warningsOf('user.formal:bob')).toEqual(['unknown_field']);
  });

  test('user.type:machine is answered with a hint to user.sub_type', () => {
    const [warning] = compileSessionQuery('user.type:machine').warnings;
    expect(warning).toMatchObject({
      code: 'value_hint',
      message: expect.stringContaining('user.sub_type:machine'),
    });
  });

  test('at most 20 warnings are listed, and the rest counted', () => {
    const text = Array.from({ length: 30 }, (_, number) => `zz${number}:1`).join(' ');
    const { warnings } = compileSessionQuery(text);
    expect(warnings).toHaveLength(21);
    expect(warnings.at(-1)).toMatchObject({ code: 'more', message: '10 more warnings left out' });
  });

  test('an unknown field is an error where that is asked for', () => {
    expect(() => compileSessionQuery('usr:bob', { unknown: 'error' })).toThrow(
      /unknown_field: there is no field "usr" at character 1; did you mean user\?/,
    );
  });
});

test('the default operator can be OR', () => {
  expect(matches('status:active technology:postgres')).toBe(false);
  expect(matches('status:active technology:postgres', { defaultOperator: 'OR' })).toBe(true);
});

test('an explanation shows the tree, what the names mean, and whether anything can match', () => {
  const explained = explainQuery('user:bob -(technology:IN [ssh rdp] OR duration:>5) end_time:*', { now });
  expect(explained.treeText).toBe(
    [
      'group',
      '  by default operator: user is "bob"',
      '  excluded: group',
      '    optional: technology is any of ["ssh","rdp"]',
      '    optional: duration > 5',
      '  by default operator: end_time has a value',
    ].join('\n'),
  );
  expect(explained.names).toContainEqual({
    name: 'technology',
    kind: 'fields',
    paths: ['resource.technology'],
  });
  expect(explained.canMatch).toBe(true);
  expect(explainQuery('table:users').canMatch).toBe(false);
});
