import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT, readProjectFile } from './source-tree.ts';

const SELF = 'test/house/forbidden-words.test.ts';
const FORBIDDEN: readonly (readonly [string, RegExp])[] = [
  ['a path of one machine', /(?<![\w.}:])\/(work|root|Users)\/|\/home\/(?!node\b)\w/],
  ['an unfinished note', /\b(TODO|FIXME|XXX)\b/],
  ['a silenced compiler', /@ts-(ignore|nocheck)/],
  ['a test that is not run', /\b(test|it|describe)\.(only|skip|todo)\(/],
];

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: PROJECT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && path !== SELF && isFile(path));

test.each(FORBIDDEN)('no file of the project holds %s', (_, pattern) => {
  const found = files.flatMap((path) => offences(path, readProjectFile(path), pattern));
  expect(files.length).toBeGreaterThan(20);
  expect(found).toEqual([]);
});

test.each([
  ['see /root/notes', 0],
  ['cd /home/alice', 0],
  ['// TODO: later', 1],
  ['// @ts-ignore', 2],
  [`test.only('a', f)`, 3],
])('%s would be found', (text, rule) => {
  const pattern = FORBIDDEN[rule]?.[1] ?? /$^/;
  expect(offences('a.ts', `fine\n${text}\n`, pattern)).toEqual([`a.ts:2: ${text}`]);
});

/** A path that git lists may be gone from the tree, or a link to a folder. */
function isFile(path: string): boolean {
  return statSync(join(PROJECT, path), { throwIfNoEntry: false })?.isFile() ?? false;
}

function offences(path: string, text: string, pattern: RegExp): string[] {
  return text
    .split('\n')
    .map((line, index) => ({ line, at: `${path}:${index + 1}: ${line.trim().slice(0, 100)}` }))
    .filter(({ line }) => pattern.test(line))
    .map(({ at }) => at);
}
