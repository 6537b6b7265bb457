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

it('says where a procedure is one by its path alone', () => {
  const content = { 'application/json': { schema: { type: 'object' } } };
  const post = { requestBody: { content }, responses: { 200: { description: 'ok', content } } };
  const reason =
    'answered as a procedure of core.v1, as its path says, in JSON only: no property has x-proto-field';
  const paths = { '/core.v1.UserService/Get': { post } };
  expect(notesOf(paths)).toEqual([['#/paths/~1core.v1.UserService~1Get/post', reason]]);
  expect(notesOf(paths, { 'x-proto-package': 'core.v1' })).toEqual([]);
});

it('names the media types that are not read or written as described, once each', () => {
  const schema = { type: 'object' };
  const content = (...types: string[]) => Object.fromEntries(types.map((type) => [type, { schema }]));
  const requestBody = {
    content: content('multipart/form-data', 'application/xml', 'image/png', 'application/json', 'text/csv'),
  };
  const fine = {
    description: 'ok',
    content: content(
      'application/soap+xml',
      'text/event-stream',
      'application/pdf',
      'text/plain',
      'application/hal+json',
    ),
  };
  const post = { requestBody, responses: { 200: { $ref: '#/components/responses/Fine' } } };
  const components = { responses: { Fine: fine } };
  expect(notesOf({ '/a': { post }, '/b': { get: { responses: post.responses } } }, { components })).toEqual([
    [
      '#/paths/~1a/post/requestBody/content/multipart~1form-data',
      'the parts of multipart/form-data are not checked',
    ],
    [
      '#/paths/~1a/post/requestBody/content/application~1xml',
      'application/xml is not checked: there is no XML',
    ],
    [
      '#/components/responses/Fine/content/application~1soap+xml',
      'application/soap+xml is written as JSON: there is no XML',
    ],
    [
      '#/components/responses/Fine/content/text~1event-stream',
      'an event stream is one text and ends: no events are sent',
    ],
    [
      '#/components/responses/Fine/content/application~1pdf',
      'application/pdf is written as JSON, or as it is where its schema is a text',
    ],
  ]);
});
