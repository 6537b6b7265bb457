import supertest from 'supertest';
import { expect, test } from 'vitest';
import { createMock } from '../../src/mock/create-mock.ts';
import { toSatisfyContract } from '../../src/vitest.ts';
import { PATH } from './servers/honest-server.ts';

expect.extend({ toSatisfyContract });

const { app } = await createMock({ now: '2026-01-15T12:00:00Z' });

test('a page and an error of the mock satisfy the contract through supertest', async () => {
  const page = await supertest(app).post(PATH).set('X-API-KEY', 'formal-mock-key').send({ limit: 3 });
  expect(page).toSatisfyContract('ListSessionsV2');
  const refusal = await supertest(app).post(PATH).send({ limit: 3 });
  expect(refusal.status).toBe(401);
  expect(refusal).toSatisfyContract('ListSessionsV2');
});

const headers = { 'content-type': 'application/json' };

test.each([
  [
    'null for absent',
    { status: 200, headers, text: '{"sessions":[{"id":"a","endTime":null}]}' },
    'schema/no-null',
  ],
  [
    'an ISO 8601 duration',
    { status: 200, headers, text: '{"sessions":[{"id":"a","duration":"PT3S"}]}' },
    'schema/duration-form',
  ],
  [
    'an undocumented field',
    { status: 200, headers, text: '{"sessions":[{"id":"a","risk":1}]}' },
    'drift/undocumented-field',
  ],
  ['a code outside Connect', { status: 400, headers, text: '{"code":"invalid_request"}' }, 'errors/code'],
  [
    'a status that does not fit',
    { status: 422, headers, text: '{"code":"invalid_argument"}' },
    'errors/status-fits-code',
  ],
  [
    'HTML',
    { status: 200, headers: new Headers({ 'content-type': 'text/html' }), text: '<html>' },
    'protocol/success-is-200-json',
  ],
  ['a list for a page', { status: 200, headers, text: '[]' }, 'schema/page-is-object'],
  ['a text for a page', { status: 200, headers, text: '"x"' }, 'schema/page-is-object'],
  ['null for a page', { status: 200, headers, text: 'null' }, 'schema/page-is-object'],
  ['a number for a page', { status: 200, headers, text: '7' }, 'schema/page-is-object'],
  ['true for a page', { status: 200, headers, text: 'true' }, 'schema/page-is-object'],
  [
    'data in a refusal',
    { status: 401, headers, text: '{"code":"unauthenticated","data":[{"id":"a"}]}' },
    'auth/refusals-carry-no-data',
  ],
  ['an empty list', { status: 200, headers, body: { sessions: [] } }, 'schema/defaults-omitted'],
])('%s does not satisfy the contract', (_, response, id) => {
  const { pass, message } = toSatisfyContract(response, 'ListSessionsV2');
  expect(pass).toBe(false);
  expect(message()).toContain(id);
});

test('another operation is refused', () => {
  const page = { status: 200, headers, text: '{}' };
  // A caller without types may write anything.
  const operation = 'NoSuch' as 'ListSessionsV2';
  expect(() => toSatisfyContract(page, operation)).toThrow('knows ListSessionsV2 (got "NoSuch")');
});

test('what is no response, or has not been read, is refused', () => {
  expect(() => toSatisfyContract('page', 'ListSessionsV2')).toThrow(TypeError);
  expect(() =>
    toSatisfyContract({ status: 200, headers, body: new ReadableStream() }, 'ListSessionsV2'),
  ).toThrow(/read a stream/);
});
