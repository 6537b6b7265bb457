import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KIT_ERRORS } from '../../src/errors.ts';
import { commandsOf, fencesOf, parseCurl } from './markdown.ts';
import { isTest, readProjectFile, readSources } from './source-tree.ts';
import { type RunningCli, startCli } from './start-cli.ts';

const PROCEDURE = '/core.v1.SessionsService/ListSessionsV2';
const FIRST_SCREEN_LINES = 70;

const readme = readProjectFile('README.md');
const fences = fencesOf(readme);
const shell = fences.filter(({ language }) => ['sh', 'bash', 'shell', 'console'].includes(language));
const firstScreen = shell
  .filter(({ line }) => line <= FIRST_SCREEN_LINES)
  .flatMap(({ text }) => commandsOf(text));

test('the first screen names the operation in full', () => {
  const top = readme.split('\n').slice(0, FIRST_SCREEN_LINES).join('\n');
  expect(top).toContain('core.v1.SessionsService/ListSessionsV2');
});

test('the first screen has one command that starts the mock and one that runs the tests', () => {
  const start = firstScreen.filter((command) => command.includes('npm start'));
  const check = firstScreen.filter((command) => command.includes('npm test'));
  expect(start).toEqual(['npm ci && npm start']);
  expect(check).toEqual(['npm ci && npm test']);
});

test('CI runs the test command that the README names', () => {
  expect(readProjectFile('.ci/run')).toMatch(/grep .*npm test.* README\.md/);
});

test('every npm script that the README names exists', () => {
  const { scripts } = JSON.parse(readProjectFile('package.json'));
  const named = [...readme.matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g)].map((match) => match[1]);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
});

test('the table of errors in the README lists exactly the codes of KIT_ERRORS', () => {
  const rows = [...readme.matchAll(/^\| `(ERR_[A-Z0-9_]+)` \|/gm)].map((match) => match[1]);
  expect(rows.toSorted()).toEqual(Object.keys(KIT_ERRORS).toSorted());
});

test('every code of KIT_ERRORS is thrown somewhere', () => {
  const text = readSources('src')
    .filter((file) => !isTest(file) && file.path !== 'errors.ts')
    .map((file) => file.text)
    .join('\n');
  expect(Object.keys(KIT_ERRORS).filter((code) => !text.includes(`'${code}'`))).toEqual([]);
});

describe('the documented curl', () => {
  let mock: RunningCli;
  beforeAll(async () => {
    mock = await startCli();
  });
  afterAll(async () => {
    await mock.stop();
  });

  const command = firstScreen.find((text) => text.startsWith('curl') && text.includes(PROCEDURE));

  test('answers as the README shows, with only the port changed', async () => {
    const { url, method, headers, body } = parseCurl(command ?? '');
    expect(url).toBe(`http://localhost:4010${PROCEDURE}`);
    const target = url.replace('http://localhost:4010', mock.url);
    const answer = await fetch(target, { method, headers, body: body ?? null });
    const text = await answer.text();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json']);
    const { sessions, listMetadata } = JSON.parse(text);
    expect(sessions).toHaveLength(100);
    expect(listMetadata).toMatchObject({ count: 100, nextCursor: expect.stringMatching(/./) });
    const shown = fences.find(({ language }) => language === 'json')?.text ?? '';
    const names = [...shown.matchAll(/"(\w+)":/g)].map((match) => match[1]);
    expect(names).toContain('sessions');
    expect(names.filter((name) => !text.includes(`"${name}":`))).toEqual([]);
  });

  test('is refused without its key', async () => {
    const { url, method, body } = parseCurl(command ?? '');
    const target = url.replace('http://localhost:4010', mock.url);
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(target, { method, headers, body: body ?? null });
    const { code } = JSON.parse(await answer.text());
    expect([answer.status, code]).toEqual([401, 'unauthenticated']);
  });
});
