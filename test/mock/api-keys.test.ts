import { describe, expect, it } from 'vitest';
import { exchange } from './raw-exchange.ts';
import { KEY, PATH, postList, startTestMock, testApp } from './start-test-mock.ts';

const MISSING = { code: 'unauthenticated', message: 'missing api key' };
const INVALID = { code: 'unauthenticated', message: 'invalid api key' };

describe('X-API-KEY', () => {
  it.each([
    ['is missing', undefined, MISSING],
    ['is empty', '', MISSING],
    ['is wrong', 'wrong', INVALID],
    ['is right but for its case', KEY.toUpperCase(), INVALID],
    ['is right but for one more character', `${KEY}x`, INVALID],
    ['names something every object has', '__proto__', INVALID],
    ['is the secret of another header', `Bearer ${KEY}`, INVALID],
  ])('answers 401 when it %s', async (_, key, body) => {
    const app = await testApp();
    const call = app.post(PATH).set('Content-Type', 'application/json').send('{"limit":1}');
    const answer = await (key === undefined ? call : call.set('X-API-KEY', key));
    expect([answer.status, answer.body]).toEqual([401, body]);
  });

  it.each(['X-API-KEY', 'x-api-key', 'X-Api-Key'])('is read under the name %s', async (name) => {
    const { port } = await startTestMock();
    const body = '{"limit":1}';
    const head = `POST ${PATH} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n`;
    expect(await exchange(port, `${head}${name}: ${KEY}\r\n\r\n${body}`)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('is refused when it is sent twice', async () => {
    const { port } = await startTestMock();
    const head = `GET ${PATH}?encoding=json&message=%7B%7D HTTP/1.1\r\nHost: a\r\nConnection: close\r\n`;
    const answer = await exchange(port, `${head}X-API-KEY: ${KEY}\r\nX-API-KEY: ${KEY}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('may be any of several keys, and the default is then none of them', async () => {
    const mock = await startTestMock({ apiKey: ['first', 'second'] });
    const statuses = await Promise.all(
      ['first', 'second', KEY, 'first, second', 'first,second'].map(
        async (key) => (await postList(mock, { limit: 1 }, { 'x-api-key': key })).status,
      ),
    );
    expect(statuses).toEqual([200, 200, 401, 401, 401]);
  });

  it('is not looked at with --no-auth', async () => {
    const mock = await startTestMock({ auth: false });
    const statuses = await Promise.all(
      [{}, { 'x-api-key': 'anything' }].map(
        async (headers) => (await postList(mock, { limit: 1 }, headers)).status,
      ),
    );
    expect(statuses).toEqual([200, 200]);
  });

  it('is asked for before the limit is looked at', async () => {
    const mock = await startTestMock();
    expect(await postList(mock, { limit: -1 }, {})).toMatchObject({ status: 401 });
  });

  it('is asked for on Connect GET too', async () => {
    const app = await testApp();
    const query = { encoding: 'json', message: '{"limit":1}' };
    expect((await app.get(PATH).query(query)).status).toBe(401);
    expect((await app.get(PATH).query(query).set('X-API-KEY', KEY)).status).toBe(200);
  });
});
