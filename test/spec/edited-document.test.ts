import { describe, expect, it } from 'vitest';
import { fieldOf } from './binary-field.ts';
import {
  call,
  editedDocument,
  LIST_SESSIONS,
  startSpecMock,
  startWithDocument,
  writeDocument,
} from './spec-mock.ts';

type Session = Readonly<Record<string, unknown>> & { readonly id: string };

function sessionsOf(json: unknown): readonly Session[] {
  return (json as { sessions: Session[] }).sessions;
}

const PARENT = '        parentSessionId:\n          x-proto-field: 11\n';
const REGION = '    SessionObject.Resource:\n      x-proto-message: core.v1.SessionObject.Resource\n';

describe('whoever edits openapi.yaml gets the mock they described', () => {
  it('obeys a lower maximum of limit, and gives a request without limit at most that many', async () => {
    const mock = await startWithDocument(editedDocument(['maximum: 100000', 'maximum: 20']));
    const url = mock.url + LIST_SESSIONS;
    expect((await call(url, { body: { limit: 21 } })).json).toMatchObject({
      code: 'invalid_argument',
      message: 'validation error: limit: must be greater than 0 and less than or equal to 20',
    });
    expect(sessionsOf((await call(url, { body: { limit: 20 } })).json)).toHaveLength(20);
    expect(sessionsOf((await call(url, { body: {} })).json)).toHaveLength(20);
  });

  it('gives 100 sessions without limit where the maximum is higher', async () => {
    const mock = await startWithDocument(editedDocument(['maximum: 100000', 'maximum: 500']));
    const { json } = await call(mock.url + LIST_SESSIONS, { body: {} });
    expect(sessionsOf(json)).toHaveLength(100);
  });

  it('shows a new property of sessions with values of its schema, the same for the same session', async () => {
    const property = '        riskScore: { type: integer, minimum: 1, maximum: 1000000 }\n';
    const mock = await startWithDocument(editedDocument([PARENT, property + PARENT]));
    const read = async (limit: number): Promise<readonly (readonly [string, unknown])[]> => {
      const { json } = await call(mock.url + LIST_SESSIONS, { body: { limit } });
      return sessionsOf(json).map(({ id, riskScore }) => [id, riskScore]);
    };
    const [few, many] = [await read(10), await read(40)];
    expect(many.slice(0, 10)).toEqual(few);
    expect(many.every(([, score]) => Number.isInteger(score) && Number(score) >= 1)).toBe(true);
    expect(new Set(many.map(([, score]) => score)).size).toBeGreaterThan(30);
  });

  it('changes nothing else of a session', async () => {
    const property = '        riskScore: { type: number, minimum: 0, maximum: 1 }\n';
    const [plain, edited] = [
      await startSpecMock(['openapi.yaml']),
      await startWithDocument(editedDocument([PARENT, property + PARENT])),
    ];
    const sessions = await Promise.all(
      [plain, edited].map(async (mock) =>
        sessionsOf((await call(mock.url + LIST_SESSIONS, { body: {} })).json),
      ),
    );
    const [before, after] = sessions;
    expect(after?.map(({ riskScore, ...rest }) => rest)).toEqual(before);
  });

  it('keeps a property without x-proto-field out of the binary form, and puts one with it there', async () => {
    const hidden = '        riskLabel: { type: string, enum: [unlikely-text] }\n';
    const numbered = '        riskLabel: { x-proto-field: 40, type: string, enum: [unlikely-text] }\n';
    const answers = await Promise.all(
      [hidden, numbered].map(async (property) => {
        const mock = await startWithDocument(editedDocument([PARENT, property + PARENT]));
        const json = await call(mock.url + LIST_SESSIONS, { body: { limit: 1 } });
        expect(sessionsOf(json.json)[0]).toMatchObject({ riskLabel: 'unlikely-text' });
        const binary = await fetch(mock.url + LIST_SESSIONS, {
          method: 'POST',
          headers: { 'x-api-key': 'formal-mock-key', 'content-type': 'application/proto' },
          body: Uint8Array.of(0x08, 0x01),
        });
        expect(binary.status).toBe(200);
        return Buffer.from(await binary.arrayBuffer());
      }),
    );
    expect(answers.map((answer) => fieldOf(answer, [1, 40]))).toEqual([undefined, 'unlikely-text']);
  });

  it('shows a new property of a nested message, the same for the same resource', async () => {
    const property = '        costCentre: { type: integer, minimum: 1, maximum: 1000000 }\n';
    const text = editedDocument([
      `${REGION}      type: object\n      description: "What was connected to. Source: documented."\n      properties:\n`,
      `${REGION}      type: object\n      properties:\n${property}`,
    ]);
    const mock = await startWithDocument(text);
    const { json } = await call(mock.url + LIST_SESSIONS, { body: { limit: 100 } });
    const resources = sessionsOf(json).flatMap(({ resource }) => (resource === undefined ? [] : [resource]));
    const centres = new Map<unknown, Set<unknown>>();
    for (const { id, costCentre } of resources as { id: string; costCentre: unknown }[]) {
      centres.set(id, (centres.get(id) ?? new Set()).add(costCentre));
    }
    expect(centres.size).toBeGreaterThan(3);
    expect([...centres.values()].every((values) => values.size === 1 && !values.has(undefined))).toBe(true);
  });

  it('leaves out a property that the document has taken away', async () => {
    const mock = await startWithDocument(
      editedDocument([PARENT, PARENT.replace('parentSessionId', 'motherSession')]),
    );
    const { json } = await call(mock.url + LIST_SESSIONS, { body: { limit: 100000 } });
    const sessions = sessionsOf(json);
    expect(sessions.filter((session) => 'parentSessionId' in session)).toEqual([]);
    expect(sessions.every(({ motherSession }) => typeof motherSession === 'string')).toBe(true);
  });

  it('asks for the key in the header the document names', async () => {
    const text = editedDocument(['      name: X-API-KEY\n', '      name: X-Other-Key\n']);
    const mock = await startWithDocument(text);
    const url = mock.url + LIST_SESSIONS;
    expect(await call(url, { body: {} })).toMatchObject({
      status: 401,
      json: { message: 'missing api key' },
    });
    const headers = { 'x-other-key': 'formal-mock-key' };
    expect(await call(url, { body: {}, headers })).toMatchObject({ status: 200 });
  });

  it('serves an operation that was added, beside the sessions', async () => {
    const operation = `paths:
  /v1/policies/{policyId}:
    get:
      parameters: [{ name: policyId, in: path, required: true, schema: { type: string } }]
      responses:
        "200":
          description: A policy
          content:
            application/json:
              schema:
                type: object
                required: [id, ownerEmail]
                properties:
                  id: { type: string }
                  ownerEmail: { type: string, format: email }
`;
    const mock = await startWithDocument(editedDocument(['paths:\n', operation]));
    const policy = await call(`${mock.url}/v1/policies/policy_17`, { method: 'GET' });
    expect(policy).toMatchObject({ status: 200, json: { id: 'policy_17' } });
    const people = mock.world.dictionary('user').flatMap(({ user }) => user?.formal?.user?.email ?? []);
    expect(people).toContain((policy.json as { ownerEmail: string }).ownerEmail);
    expect(await call(mock.url + LIST_SESSIONS, { body: {} })).toMatchObject({ status: 200 });
  });

  it('serves a document without ListSessionsV2, and answers 404 for it', async () => {
    const mock = await startSpecMock(['fixtures/documents/clinic-3.0.yaml']);
    expect(await call(mock.url + LIST_SESSIONS, { body: {} })).toMatchObject({ status: 404 });
    const headers = { authorization: 'Bearer formal-mock-key' };
    expect(await call(`${mock.url}/v2/patients`, { method: 'GET', headers })).toMatchObject({ status: 200 });
  });

  it('serves several documents at once', async () => {
    const files = [
      'openapi.yaml',
      'fixtures/documents/clinic-3.0.yaml',
      'fixtures/documents/directory-rpc-3.1.yaml',
    ];
    const mock = await startSpecMock(files);
    const headers = { authorization: 'Bearer formal-mock-key', 'x-directory-key': 'formal-mock-key' };
    const statuses = await Promise.all([
      call(mock.url + LIST_SESSIONS, { body: {} }),
      call(`${mock.url}/v2/patients/7`, { method: 'GET', headers }),
      call(`${mock.url}/directory.v1.UserService/ListUsers`, { body: {}, headers }),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('refuses two documents that describe the same method and path, naming both', async () => {
    const GET = 'get: { responses: { "204": { description: gone } } }';
    const document = (path: string): string =>
      `openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths:\n  ${path}: { ${GET} }\n`;
    const first = await writeDocument(document('/users/{id}'), 'first.yaml');
    const second = await writeDocument(document('/users/{userId}'), 'second.yaml');
    await expect(startSpecMock([first, second])).rejects.toMatchObject({
      code: 'ERR_DOCUMENT_INVALID',
      message: expect.stringMatching(
        /second\.yaml:4:\d+ #\/paths\/~1users~1\{userId\}\/get: GET \/users\/\{userId\} is described by \S+first\.yaml too; serve one of them$/,
      ),
    });
  });

  it('refuses a document at the start whose answers cannot be made up', async () => {
    const text = `openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /a:
    get:
      responses:
        "200":
          description: ok
          content: { application/json: { schema: { $ref: '#/components/schemas/Endless' } } }
components:
  schemas:
    Endless: { type: object, required: [next], properties: { next: { $ref: '#/components/schemas/Endless' } } }
`;
    await expect(startWithDocument(text)).rejects.toMatchObject({
      code: 'ERR_DOCUMENT_INVALID',
      message: expect.stringContaining('no finite value meets this schema'),
    });
  });
});
