import { expect, test, vi } from 'vitest';
import { compilePattern } from './compile-pattern.ts';
import { compileQuery } from './compile-query.ts';
import { compileSessionQuery } from './compile-session-query.ts';
import { compileGlob } from './glob.ts';
import { parseQuery } from './parse-query.ts';
import { QueryError } from './query-error.ts';

function errorOf(run: () => unknown): QueryError {
  try {
    run();
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
  throw new Error('no QueryError was thrown');
}

/** Runs `run`; throws as soon as it looks at more than `limit` characters, of any text. */
function readingAtMost(limit: number, run: () => unknown): void {
  const { charAt, codePointAt } = String.prototype;
  let left = limit;
  const counted = <T>(read: (this: string, at: number) => T) =>
    function (this: string, at: number): T {
      left -= 1;
      if (left < 0) throw new Error(`more than ${limit} characters were looked at`);
      return read.call(this, at);
    };
  const spies = [
    vi.spyOn(String.prototype, 'charAt').mockImplementation(counted(charAt)),
    vi.spyOn(String.prototype, 'codePointAt').mockImplementation(counted(codePointAt)),
  ];
  try {
    run();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

test('nesting of 200 levels is read, 201 levels are refused', () => {
  const nest = (depth: number): string => `${'('.repeat(depth)}a${')'.repeat(depth)}`;
  expect(parseQuery(nest(200))).toEqual(parseQuery('a'));
  expect(errorOf(() => parseQuery(nest(201))).message).toMatch(/deeper than 200/);
  expect(errorOf(() => parseQuery(`${'NOT '.repeat(201)}a`)).kind).toBe('syntax');
  expect(errorOf(() => parseQuery(`${'f:('.repeat(20_000)}a`)).kind).toBe('syntax');
});

test('64 KiB of UTF-8 are read, one byte more is refused', () => {
  expect(parseQuery('é'.repeat(32_768))).toMatchObject({ term: { quote: 'none' } });
  expect(errorOf(() => parseQuery('a'.repeat(65_537))).message).toMatch(/65537 bytes.*at most 65536/);
});

test.for([
  ['words on lines of their own', 'ab\n'.repeat(21_000)],
  ['words on lines of their own, the last with a colon', `${'ab\n'.repeat(21_000)}x:y`],
  ['words ending in escapes', 'a\\ \n'.repeat(13_000)],
  ['slashes', '/a '.repeat(21_000)],
  ['opened quotes', 'a "'.repeat(20_001)],
  ['negations before line breaks', `${'NOT\n'.repeat(199)}-a:x`],
  ['minus signs', '-a '.repeat(21_000)],
  ['backslashes', '\\'.repeat(60_000)],
  ['opening brackets', '['.repeat(60_000)],
  ['a set that is not closed', `a:IN [${'b '.repeat(30_000)}`],
] as const)('%s are read in time linear in the text', ([, text]) => {
  readingAtMost(40 * text.length, () => {
    try {
      parseQuery(text);
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
    }
  });
});

test('40 000 words on lines of their own are refused for their size or read at once', () => {
  expect(errorOf(() => parseQuery('a\n'.repeat(40_000))).message).toMatch(/bytes long/);
  expect(parseQuery('a\n'.repeat(32_000))).toEqual({
    bool: [['', { term: { field: null, text: 'a', quote: 'none' } }]],
  });
});

test('a wildcard of 20 stars looks at each character a bounded number of times', () => {
  const { matches } = compileGlob(`${'*a'.repeat(20)}*b`, { foldCase: false });
  const text = 'a'.repeat(2000);
  readingAtMost(5 * text.length, () => expect(matches(text)).toBe(false));
});

test('a pattern with counts in counts looks at each character once', () => {
  const pattern = compilePattern('(a+)+b', { foldCase: false });
  const text = 'a'.repeat(5000);
  readingAtMost(3 * text.length, () => expect(pattern.matches(text)).toBe(false));
});

test('the classic bad pattern /(a+)+$/ is refused, as patterns have no anchors', () => {
  const error = errorOf(() => compileSessionQuery('user.username:/(a+)+$/'));
  expect(error.kind).toBe('unsupported');
  expect(error.message).toMatch(/always anchored/);
});

test.for([
  '(a{1000}){1000}',
  '((((){1000}){1000}){1000}){1000}',
  '(a?){1000}{2}',
  `${'('.repeat(300)}a`,
  '[a',
  'a{3,2}',
  '\\',
])('the pattern /%s/ is refused without being built', (pattern) => {
  expect(['unsupported', 'bad_value']).toContain(
    errorOf(() => compileQuery({ regex: { field: 'f', pattern } }, { f: 'raw' })).kind,
  );
});

test('NUL, lone surrogates, right-to-left text and astral characters are ordinary characters', () => {
  for (const value of ['a\u0000b', '\ud800', 'x\udc00y', 'אליס\u202e', '😀']) {
    const query = compileQuery(parseQuery(`f:"${value}"`), { f: 'raw' });
    expect(query.matches({ f: value })).toBe(true);
    expect(query.matches({ f: `${value}!` })).toBe(false);
  }
});

test('marks that turn the direction of text are written out in a message', () => {
  const error = errorOf(() => parseQuery('a\u202e b\u00a0c'));
  expect(error.message).toMatch(/unexpected "\\u00a0" at character 5/);
  expect(error.message).toMatch(/no-break space.*copy and paste/);
});

test('more wildcards, or more groups over rows, than a scan can bear are unsupported', () => {
  const wildcards = Array.from({ length: 501 }, (_, index) => `user.username:*${index}x*`).join(' OR ');
  expect(errorOf(() => compileSessionQuery(wildcards)).message).toMatch(/more than 500 tests by wildcard/);
  const groups = Array.from({ length: 200 }, (_, index) => `(user:u${index} AND resource:r${index})`).join(
    ' OR ',
  );
  expect(errorOf(() => compileSessionQuery(groups)).message).toMatch(/looks at every session 400 times/);
});

test('a name of the object prototype is an unknown field', () => {
  for (const name of ['constructor', '__proto__', 'toString', 'user.__proto__.x']) {
    const query = compileSessionQuery(`${name}:*`);
    expect(query.plan).toEqual({ kind: 'none' });
    expect(query.warnings[0]?.code).toBe('unknown_field');
  }
});
