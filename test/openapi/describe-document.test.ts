import { expect, it } from 'vitest';
import { describeDocument } from '../../src/openapi/describe-document.ts';
import { documentOf } from './build-document.ts';

const responses = { 204: { description: 'ok' } };

/** Pointers and reasons of everything that is not done or doubtful. */
function notesOf(
  paths: Record<string, unknown>,
  rest: Record<string, unknown> = {},
): (readonly [string, string])[] {
  const { notes } = describeDocument(documentOf({}, { paths, ...rest }));
  return notes.map(({ pointer, reason }) => [pointer, reason]);
}

it('names path parameters that are not declared, and those that stand in no path', () => {
  const stray = { name: 'user', in: 'path', required: true, schema: { type: 'integer' } };
  expect(notesOf({ '/a/{id}': { get: { parameters: [stray], responses } } })).toEqual([
    ['#/paths/~1a~1{id}/get', '{id} has no path parameter; any text is taken'],
    ['#/paths/~1a~1{id}/get', 'path parameter "user" does not stand in the path; it is ignored'],
  ]);
});

it('names the base paths that operations answer below', () => {
  const servers = [{ url: 'https://x.y/v1' }, { url: '/' }];
  const paths = { '/a': { get: { responses } }, '/b': { get: { responses, servers: [{ url: '/v2' }] } } };
  expect(describeDocument(documentOf({}, { paths, servers })).basePaths).toEqual(['/v1', '/', '/v2']);
});
