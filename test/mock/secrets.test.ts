import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { createMock, startMock } from '../../src/mock/create-mock.ts';
import type { MockOptions } from '../../src/mock/mock-options.ts';
import { NOW, PATH, postList } from './start-test-mock.ts';

const ACCEPTED = 'accepted-key-5f2c';
const PRESENTED = 'presented-key-91ab';

it('no key, header, query text or body is ever logged or answered', async () => {
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk, _, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  const options = { port: 0, now: NOW, apiKey: [ACCEPTED], notes: true, cors: true };
  const mock = await startMock(options, { logger: pino({ level: 'trace' }, sink) });
  onTestFinished(() => mock.stop());
  const answers = [
    await postList(mock, {}, { 'x-api-key': ACCEPTED }),
    await postList(mock, {}, { 'x-api-key': PRESENTED }),
    await postList(mock, {}, { authorization: `Bearer ${PRESENTED}` }),
    await postList(mock, { limit: -1 }, { 'x-api-key': ACCEPTED }),
    await postList(mock, { query: 'nosuch:thing' }, { 'x-api-key': ACCEPTED, cookie: PRESENTED }),
    await postList(mock, { query: '((' }, { 'x-api-key': ACCEPTED }),
    await postList(mock, `{"x-api-key":"${PRESENTED}"`, { 'x-api-key': ACCEPTED }),
  ].map(({ headers, text }) => text + JSON.stringify([...headers]));
  const get = await fetch(`${mock.url}${PATH}?encoding=json&message={}&apiKey=${PRESENTED}`);
  answers.push(await get.text());
  await fetch(`${mock.url}/nothing-here?key=${PRESENTED}`);
  await mock.stop();
  expect(lines.length).toBeGreaterThan(9);
  const told = [...lines, ...answers].filter((text) => /accepted-key|presented-key/.test(text));
  expect(told).toEqual([]);
});

it.each<[string, unknown]>([
  ['an empty one beside it', [ACCEPTED, '']],
  ['a text in place of a list', ACCEPTED],
  ['a number beside it', [ACCEPTED, 7]],
])('an unusable list of keys is refused without telling the keys: %s', async (_, apiKey) => {
  // Wrong on purpose: what JavaScript callers may pass.
  const refused = createMock({ apiKey } as MockOptions);
  await expect(refused).rejects.toThrow('apiKey must be one or more non-empty texts');
  await expect(refused).rejects.not.toThrow(ACCEPTED);
});
