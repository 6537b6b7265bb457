import { expect, test } from 'vitest';
import { commandsOf, fencesOf, parseCurl, shellWords } from './markdown.ts';

test('fenced blocks are found with their language and line', () => {
  const page = 'a\n```sh\nnpm ci\n```\n\n```json\n{}\n```\n';
  expect(fencesOf(page)).toEqual([
    { language: 'sh', text: 'npm ci', line: 2 },
    { language: 'json', text: '{}', line: 6 },
  ]);
  expect(() => fencesOf('```sh\nnpm ci')).toThrow('not closed');
});

test('commands may go over several lines', () => {
  expect(commandsOf('# first\nnpm ci && npm test\n\n$ curl a \\\n  -d b')).toEqual([
    'npm ci && npm test',
    'curl a -d b',
  ]);
});

test('words are split as a shell splits them', () => {
  expect(shellWords(`curl -H "a: \\"b\\" c" -d '{"x":"y z"}' d\\ e`)).toEqual([
    'curl',
    '-H',
    'a: "b" c',
    '-d',
    '{"x":"y z"}',
    'd e',
  ]);
});

test('a curl command is read as the request it would send', () => {
  expect(parseCurl(`curl -X POST "http://localhost:4010/a" -H "X-API-KEY: k" -d '{"a":1}'`)).toEqual({
    url: 'http://localhost:4010/a',
    method: 'POST',
    headers: { 'X-API-KEY': 'k' },
    body: '{"a":1}',
  });
  expect(parseCurl('curl -s http://localhost:4010/health').method).toBe('GET');
  expect(() => parseCurl('curl --proxy a b')).toThrow('--proxy');
});
