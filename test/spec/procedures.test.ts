import { describe, expect, it } from 'vitest';
import { messageFromBinary } from '../../src/connect/proto-message.ts';
import { loadDocument } from '../../src/openapi/load-document.ts';
import { messageShape } from '../../src/openapi/message-shape.ts';
import { call, documentOf, KEY, LIST_SESSIONS, startSpecMock, startWithDocument } from './spec-mock.ts';

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

/** As a generator writes it from a proto file: no package, no field numbers, the header of the wire as a parameter. */
const PUBLISHED = documentOf(`
  /core.v1.SessionsService/ListSessionsV2:
    post:
      parameters: [{ name: Connect-Protocol-Version, in: header, required: true, schema: { type: number, const: 1 } }]
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Request' } } } }
      responses: { '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Response' } } } } }
security: [{ Key: [] }]
components:
  securitySchemes: { Key: { type: apiKey, in: header, name: X-API-KEY } }
  schemas:
    Request: { type: object, additionalProperties: false, properties: { limit: { type: integer, format: int32, minimum: 1, maximum: 50 }, cursor: { type: string }, query: { type: string } } }
    Session: { type: object, additionalProperties: false, properties: { id: { type: string }, startTime: { type: string, format: date-time }, duration: { type: string, format: duration }, sessionStatus: { type: string } } }
    Response: { type: object, additionalProperties: false, properties: { sessions: { type: array, items: { $ref: '#/components/schemas/Session' } }, listMetadata: { type: object, properties: { nextCursor: { type: string }, count: { type: integer } } } } }
`);

describe('a document without a proto package', () => {
  it('has its sessions from the world, page by page, with the durations of the wire', async () => {
    const mock = await startWithDocument(PUBLISHED);
    const list = (body: object) => call(mock.url + LIST_SESSIONS, { body });
    const { json } = await list({ limit: 3 });
    const first = json as {
      sessions: { id: string; duration?: string }[];
      listMetadata: { nextCursor: string };
    };
    expect(first.sessions).toHaveLength(3);
    expect(
      Object.keys(first.sessions[0] ?? {}).every((name) =>
        ['id', 'startTime', 'duration', 'sessionStatus'].includes(name),
      ),
    ).toBe(true);
    const durations = first.sessions.flatMap(({ duration }) => duration ?? []);
    expect(durations.every((duration) => /^\d+(\.\d+)?s$/.test(duration))).toBe(true);
    const second = (await list({ limit: 3, cursor: first.listMetadata.nextCursor })).json as typeof first;
    expect(second.sessions.map(({ id }) => id)).not.toEqual(first.sessions.map(({ id }) => id));
    expect(await list({ limit: 51 })).toMatchObject({ status: 400, json: { code: 'invalid_argument' } });
    expect(await list({ query: 'nonsense:(' })).toMatchObject({
      status: 400,
      json: { code: 'invalid_argument' },
    });
  });
});
