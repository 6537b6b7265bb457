import { describe, expect, it } from 'vitest';
import { valueAt } from '../../src/openapi/json-pointer.ts';
import { call, documentOf, startWithDocument } from './spec-mock.ts';

const USER =
  '{ type: object, required: [id], properties: { id: { type: string }, email: { type: string } } }';
const USERS = `{ type: array, items: ${USER} }`;
const WORDS = '{ type: array, items: { type: string } }';
const NEXT = '{ type: string }';

interface Shape {
  /** The schema of the answer. */
  readonly answer: string;
  readonly items: string;
  readonly next: string;
  readonly mediaType?: string;
  readonly openapi?: string;
  readonly cursor?: string;
  readonly limit?: string;
}

/** Ways to page that documents of all makes have. */
const SHAPES: Readonly<Record<string, Shape>> = {
  'one level down': {
    answer: `{ type: object, required: [data], properties: { data: { type: object, required: [items], properties: { items: ${USERS}, nextCursor: ${NEXT} } } } }`,
    items: '/data/items',
    next: '/data/nextCursor',
  },
  'two levels down': {
    answer: `{ type: object, properties: { response: { type: object, properties: { users: ${USERS}, page: { type: object, properties: { next: ${NEXT} } } } } } }`,
    items: '/response/users',
    next: '/response/page/next',
  },
  'in HAL': {
    mediaType: 'application/hal+json',
    answer: `{ type: object, properties: { _embedded: { type: object, properties: { users: ${USERS} } }, next_cursor: ${NEXT} } }`,
    items: '/_embedded/users',
    next: '/next_cursor',
  },
  'in JSON:API': {
    mediaType: 'application/vnd.api+json',
    answer: `{ type: object, properties: { included: ${USERS}, data: ${USERS}, meta: { type: object, properties: { nextCursor: ${NEXT} } } } }`,
    items: '/data',
    next: '/meta/nextCursor',
    cursor: "'page[cursor]'",
    limit: "'page[size]'",
  },
  'with a charset': {
    mediaType: 'application/json; charset=utf-8',
    answer: `{ type: object, properties: { users: ${USERS}, next_cursor: ${NEXT} } }`,
    items: '/users',
    next: '/next_cursor',
  },
  'with warnings beside it': {
    answer: `{ type: object, properties: { warnings: ${WORDS}, users: ${USERS}, next_cursor: ${NEXT} } }`,
    items: '/users',
    next: '/next_cursor',
  },
  'with another list beside it': {
    answer: `{ type: object, properties: { groups: ${USERS}, users: ${USERS}, next_cursor: ${NEXT} } }`,
    items: '/users',
    next: '/next_cursor',
  },
  'with a nullable cursor of OpenAPI 3.0': {
    openapi: '3.0.3',
    answer: `{ type: object, required: [users, next_cursor], properties: { users: ${USERS}, next_cursor: { nullable: true, allOf: [{ type: string }] } } }`,
    items: '/users',
    next: '/next_cursor',
  },
  'by a reference': {
    answer: `{ $ref: '#/components/schemas/Users' }`,
    items: '/users',
    next: '/next_cursor',
  },
  'by parts that are joined': {
    answer: `{ allOf: [{ $ref: '#/components/schemas/Place' }, { type: object, required: [users], properties: { users: ${USERS} } }] }`,
    items: '/users',
    next: '/next_cursor',
  },
};

const COMPONENTS = `
components:
  schemas:
    Users: { allOf: [{ $ref: '#/components/schemas/Place' }, { type: object, properties: { users: { $ref: '#/components/schemas/UserList' } } }] }
    UserList: ${USERS}
    Place: { type: object, properties: { next_cursor: { $ref: '#/components/schemas/Cursor' } } }
    Cursor: ${NEXT}
`;

function pagingDocument({
  answer,
  mediaType = 'application/json',
  openapi = '3.1.0',
  cursor,
  limit,
}: Shape): string {
  const paths = `
  /users:
    get:
      parameters:
        - { name: ${cursor ?? 'cursor'}, in: query, schema: { type: string } }
        - { name: ${limit ?? 'limit'}, in: query, schema: { type: integer, maximum: 100 } }
      responses:
        '200': { description: ok, content: { ${JSON.stringify(mediaType)}: { schema: ${answer} } } }
${COMPONENTS}`;
  return documentOf(paths).replace('3.1.0', openapi);
}

/** Every page from the first to the one without a next cursor. */
async function walk(
  ask: (cursor: string) => Promise<unknown>,
  { items, next }: Pick<Shape, 'items' | 'next'>,
) {
  const pages: unknown[][] = [];
  for (let cursor: unknown = ''; typeof cursor === 'string' && pages.length < 60; ) {
    const answer = await ask(cursor);
    const list = valueAt(answer, items);
    pages.push(Array.isArray(list) ? list : []);
    cursor = valueAt(answer, next);
  }
  return pages;
}

describe.each(Object.entries(SHAPES))('a list %s', (_, shape) => {
  it('obeys the limit, ends, repeats nothing, and refuses a cursor it never gave out', async () => {
    const mock = await startWithDocument(pagingDocument(shape));
    const name = (shape.cursor ?? 'cursor').replaceAll("'", '');
    const size = (shape.limit ?? 'limit').replaceAll("'", '');
    const get = (query: Record<string, string>) =>
      call(`${mock.url}/users?${new URLSearchParams(query)}`, { method: 'GET' });
    const pages = await walk(
      async (cursor) => (await get({ [size]: '9', ...(cursor === '' ? {} : { [name]: cursor }) })).json,
      shape,
    );
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.length).toBeLessThan(60);
    expect(pages.slice(0, -1).every(({ length }) => length === 9)).toBe(true);
    const texts = pages.flat().map((item) => JSON.stringify(item));
    expect(new Set(texts).size).toBe(texts.length);
    expect(await get({ [name]: 'garbage' })).toMatchObject({
      status: 400,
      json: { message: `${name} is not a cursor of this list` },
    });
  });
});

describe('a list that goes on after an item', () => {
  const paths = (idType: string): string => `
  /users:
    get:
      parameters:
        - { name: starting_after, in: query, schema: { type: ${idType} } }
        - { name: limit, in: query, schema: { type: integer } }
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { type: object, required: [data, has_more], properties: { data: { type: array, items: { type: object, required: [id], properties: { id: { type: ${idType} }, email: { type: string } } } }, has_more: { type: boolean } } }
`;

  it.each(['string', 'integer'])(
    'takes ids of type %s, says has_more, ends, and refuses an unknown id',
    async (idType) => {
      const mock = await startWithDocument(documentOf(paths(idType)));
      const get = (query: string) => call(`${mock.url}/users?limit=9${query}`, { method: 'GET' });
      const ids: unknown[] = [];
      let hasMore = true;
      while (hasMore && ids.length < 500) {
        const after = ids.length === 0 ? '' : `&starting_after=${ids.at(-1)}`;
        const page = (await get(after)).json as { data: { id: unknown }[]; has_more: boolean };
        ids.push(...page.data.map(({ id }) => id));
        hasMore = page.has_more;
        expect(page.data).toHaveLength(hasMore ? 9 : page.data.length);
      }
      expect(hasMore).toBe(false);
      expect(ids.length).toBeGreaterThan(9);
      expect(new Set(ids).size).toBe(ids.length);
      expect(await get('&starting_after=987654321012')).toMatchObject({ status: 400 });
    },
  );
});

describe('a cursor inside an object', () => {
  it('of the query pages', async () => {
    const mock = await startWithDocument(
      documentOf(`
  /users:
    get:
      parameters: [{ name: page, in: query, style: deepObject, schema: { type: object, properties: { after: { type: string }, size: { type: integer } } } }]
      responses: { '200': { description: ok, content: { application/json: { schema: { type: object, properties: { users: ${USERS}, nextCursor: ${NEXT} } } } } } }
`),
    );
    const get = (query: string) => call(`${mock.url}/users?${query}`, { method: 'GET' });
    const first = (await get('page[size]=3')).json as { users: unknown[]; nextCursor: string };
    expect(first.users).toHaveLength(3);
    const second = (await get(`page[size]=3&page[after]=${first.nextCursor}`)).json as typeof first;
    expect(second.users).toHaveLength(3);
    expect(second.users).not.toEqual(first.users);
    expect((await get('page[after]=no')).json).toMatchObject({
      message: 'page[after] is not a cursor of this list',
    });
  });

  it('of the body pages', async () => {
    const mock = await startWithDocument(
      documentOf(`
  /users/search:
    post:
      requestBody: { content: { application/json: { schema: { type: object, properties: { page: { type: object, properties: { cursor: { type: string }, limit: { type: integer } } } } } } } }
      responses: { '200': { description: ok, content: { application/json: { schema: { type: object, properties: { users: ${USERS}, nextCursor: ${NEXT} } } } } } }
`),
    );
    const post = (page: object) => call(`${mock.url}/users/search`, { body: { page } });
    const pages = await walk(
      async (cursor) => (await post({ limit: 9, ...(cursor === '' ? {} : { cursor }) })).json,
      { items: '/users', next: '/nextCursor' },
    );
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.length).toBeLessThan(60);
    expect(await post({ cursor: 'garbage' })).toMatchObject({ status: 400 });
  });
});

describe('a list whose paging is not understood', () => {
  it.each([
    ['no cursor in the request', 'nextCursor: { type: string }', { users: expect.any(Array) }],
    ['a number', 'next_page: { type: integer }', { users: expect.any(Array) }],
    [
      'an address',
      'links: { type: object, required: [next], properties: { next: { type: [string, "null"], format: uri } } }',
      { users: expect.any(Array), links: { next: null } },
    ],
    [
      'a link of HAL',
      '_links: { type: object, properties: { next: { type: object, properties: { href: { type: string } } } } }',
      { users: expect.any(Array), _links: {} },
    ],
    ['only has_more', 'has_more: { type: boolean }', { users: expect.any(Array), has_more: false }],
  ])('never leads to a next page (%s)', async (_, property, expected) => {
    const schema = `{ type: object, required: [users], properties: { users: ${USERS}, ${property} } }`;
    const mock = await startWithDocument(
      documentOf(`
  /users:
    get:
      parameters: [{ name: page, in: query, schema: { type: integer } }]
      responses: { '200': { description: ok, content: { application/json: { schema: ${schema} } } } }
`),
    );
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((page) => call(`${mock.url}/users?page=${page}`, { method: 'GET' })),
    );
    expect(answers.map(({ json }) => json)).toEqual(answers.map(() => expected));
  });
});
