import { expect, it } from 'vitest';
import { KEY, postList, startTestMock } from './start-test-mock.ts';

it('every answer has an X-Request-Id of its own', async () => {
  const mock = await startTestMock();
  const answers = [
    await postList(mock, {}),
    await postList(mock, {}, {}),
    await fetch(`${mock.url}/health`),
    await fetch(`${mock.url}/nothing`),
  ];
  const ids = answers.map(({ headers }) => headers.get('x-request-id'));
  expect(ids.every((id) => /^[\w.-]+$/.test(id ?? ''))).toBe(true);
  expect(new Set(ids).size).toBe(4);
});

it('a request that brings an id gets it back', async () => {
  const mock = await startTestMock();
  const { headers } = await postList(mock, {}, { 'x-api-key': KEY, 'x-request-id': 'trace-7/a.b:c=' });
  expect(headers.get('x-request-id')).toBe('trace-7/a.b:c=');
});

it.each(['<script>', 'a b', 'x'.repeat(129), '"quoted"', 'ü'])(
  'an id like %j is not repeated',
  async (id) => {
    const mock = await startTestMock();
    const { headers } = await postList(mock, {}, { 'x-api-key': KEY, 'x-request-id': id });
    expect(headers.get('x-request-id')).not.toBe(id);
  },
);
