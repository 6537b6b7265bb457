import { describe, expect, it } from 'vitest';
import { messageFromBinary } from '../../src/connect/proto-message.ts';
import { loadDocument } from '../../src/openapi/load-document.ts';
import { messageShape } from '../../src/openapi/message-shape.ts';
import { call, KEY, startSpecMock } from './spec-mock.ts';

const FILE = 'fixtures/documents/directory-rpc-3.1.yaml';
const USERS = '/directory.v1.UserService/ListUsers';
const USER = '/directory.v1.UserService/GetUser';
const HEADERS = { 'x-directory-key': KEY };

interface UserJson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

interface UsersJson {
  readonly users: readonly UserJson[];
  readonly listMetadata: { readonly count?: number; readonly nextCursor?: string };
}

describe('a procedure that only the document knows', () => {
  it('lists the people of the same world as the sessions, page by page', async () => {
    const mock = await startSpecMock([FILE]);
    const users: UserJson[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const body: object = { limit: 7, ...(cursor === '' ? {} : { cursor }) };
      const page = (await call(mock.url + USERS, { body, headers: HEADERS })).json as UsersJson;
      users.push(...page.users);
      cursor = page.listMetadata.nextCursor;
    }
    const people = mock.world.dictionary('user').flatMap(({ user }) => user?.formal?.user?.email ?? []);
    expect(users.map(({ email }) => email).toSorted()).toEqual(people.toSorted());
  });

  it('gives one person by the id that the list shows', async () => {
    const mock = await startSpecMock([FILE]);
    const listed = (await call(mock.url + USERS, { body: { limit: 3 }, headers: HEADERS })).json as UsersJson;
    const [, second] = listed.users;
    const got = await call(mock.url + USER, { body: { userId: second?.id }, headers: HEADERS });
    expect(got.json).toMatchObject({ user: { id: second?.id, name: second?.name, email: second?.email } });
  });

  it('answers binary what it answers in JSON, without what exists in JSON only', async () => {
    const mock = await startSpecMock([FILE]);
    const json = (await call(mock.url + USER, { body: { userId: 'u1' }, headers: HEADERS })).json as {
      user: Record<string, unknown>;
    };
    const answer = await fetch(mock.url + USER, {
      method: 'POST',
      headers: { ...HEADERS, 'content-type': 'application/proto' },
      body: Buffer.from('\n\x02u1'),
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/proto']);
    const document = await loadDocument(FILE);
    const shape = messageShape(document, 'GetUserResponse');
    const { labels: _, ...user } = json.user;
    const decoded = messageFromBinary(shape, new Uint8Array(await answer.arrayBuffer()));
    expect(decoded).toMatchObject({ user: { id: user['id'], createdAt: user['createdAt'] } });
    expect(decoded).not.toHaveProperty('user.labels');
  });

  it('takes a Connect GET where it has no side effects, and gRPC-Web', async () => {
    const mock = await startSpecMock([FILE]);
    const posted = await call(mock.url + USERS, { body: { limit: 2 }, headers: HEADERS });
    const query = `?encoding=json&message=${encodeURIComponent('{"limit":2}')}`;
    const got = await call(mock.url + USERS + query, { method: 'GET', headers: HEADERS });
    expect(got.text).toBe(posted.text);
    const web = await fetch(mock.url + USERS, {
      method: 'POST',
      headers: { ...HEADERS, 'content-type': 'application/grpc-web+proto' },
      body: Uint8Array.of(0, 0, 0, 0, 0),
    });
    expect([web.status, web.headers.get('content-type')]).toEqual([200, 'application/grpc-web+proto']);
  });

  it.each([
    [{ limit: 201 }, 'validation error: limit: must be greater than 0 and less than or equal to 200'],
    [{ limit: 'many' }, 'unmarshal message:'],
    [{ cursor: 'abc' }, 'cursor is not a cursor of this list'],
  ])('refuses %j with a Connect error', async (body, message) => {
    const mock = await startSpecMock([FILE]);
    const answer = await call(mock.url + USERS, { body, headers: HEADERS });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({
      code: 'invalid_argument',
      message: expect.stringContaining(message),
    });
  });

  it('asks for the key its document names', async () => {
    const mock = await startSpecMock([FILE]);
    expect(await call(mock.url + USERS, { body: {} })).toMatchObject({
      status: 401,
      json: { code: 'unauthenticated', message: 'missing api key' },
    });
  });

  it('checks absent fields as zero with --strict, as protovalidate does', async () => {
    const lenient = await startSpecMock([FILE]);
    expect(await call(lenient.url + USER, { body: {}, headers: HEADERS })).toMatchObject({ status: 200 });
    const strict = await startSpecMock([FILE], { strict: true });
    const answer = await call(strict.url + USER, { body: {}, headers: HEADERS });
    expect(answer).toMatchObject({ status: 400, json: { code: 'invalid_argument' } });
    expect(answer.text).toContain('userId');
  });

  it('gives the same answer for the same message, however it is written', async () => {
    const mock = await startSpecMock([FILE]);
    const texts = await Promise.all(
      ['{"userId":"a"}', '{ "user_id": "a", "unknown": 1 }', '{"userId":"b"}'].map(
        async (body) => (await call(mock.url + USER, { body, headers: HEADERS })).text,
      ),
    );
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).not.toBe(texts[2]);
  });
});
