import { describe, expect, it } from 'vitest';
import { compileValidator } from '../../src/openapi/compile-validator.ts';
import { generatePage } from '../../src/openapi/generate-page.ts';
import { generateValue } from '../../src/openapi/generate-value.ts';
import { valueAt } from '../../src/openapi/json-pointer.ts';
import { knownValues } from '../../src/openapi/known-values.ts';
import { loadDocument } from '../../src/openapi/load-document.ts';
import type { LoadedDocument } from '../../src/openapi/loaded-document.ts';
import { DEFAULT_NAMES } from '../../src/openapi/name-source.ts';
import { operationsOf } from '../../src/openapi/operations.ts';
import { type Pagination, paginationOf } from '../../src/openapi/pagination.ts';
import { documentOf } from './build-document.ts';

async function paged(
  file: string,
  id: string,
): Promise<{
  pagination: Pagination & { nextCursor: string };
  page: (options: { limit?: number; cursor?: string; key?: string }) => unknown;
}> {
  const document = await loadDocument(`fixtures/documents/${file}`);
  const operation = operationsOf(document).find((candidate) => candidate.id === id);
  const pagination = operation === undefined ? undefined : paginationOf(document, operation);
  if (pagination?.nextCursor === undefined) throw new Error(`${id} does not page`);
  const { nextCursor } = pagination;
  return {
    pagination: { ...pagination, nextCursor },
    page: (options) => generatePage(document, pagination, { key: 'k', ...options }),
  };
}

const LISTS = [
  ['clinic-3.0.yaml', 'listPatients'],
  ['billing-3.1.json', 'invoices.list'],
  ['directory-rpc-3.1.yaml', 'ListUsers'],
  ['directory-rpc-3.1.yaml', 'Tail'],
  ['telemetry-3.0.json', 'devices'],
] as const;

describe.each(LISTS)('a list with a cursor (%s, %s)', (file, id) => {
  async function walk(limit: number): Promise<{ items: unknown[]; sizes: number[] }> {
    const { pagination, page } = await paged(file, id);
    const items: unknown[] = [];
    const sizes: number[] = [];
    let cursor: unknown = '';
    while (typeof cursor === 'string') {
      const answer = page({ limit, cursor });
      const list = valueAt(answer, pagination.items);
      if (!Array.isArray(list)) throw new Error('no list');
      items.push(...list);
      sizes.push(list.length);
      cursor = valueAt(answer, pagination.nextCursor);
    }
    return { items, sizes };
  }

  it('walks to one list without repeats, whatever the limit', async () => {
    const [sevens, twenties] = [await walk(7), await walk(20)];
    expect(sevens.items).toEqual(twenties.items);
    expect(new Set(sevens.items.map((item) => JSON.stringify(item))).size).toBe(sevens.items.length);
    expect(sevens.sizes.slice(0, -1).every((size) => size === 7)).toBe(true);
    expect(sevens.items.length).toBeGreaterThan(7);
  });

  it('refuses cursors it never gave out', async () => {
    const { page, pagination } = await paged(file, id);
    const next = String(valueAt(page({ limit: 7 }), pagination.nextCursor));
    const forged = ['garbage', `${next}A`, next.slice(1), Buffer.from('7.x').toString('base64url')];
    expect(forged.map((cursor) => page({ limit: 7, cursor }))).toEqual(forged.map(() => undefined));
    expect(page({ limit: 7, cursor: next, key: 'another list' })).toBeUndefined();
  });
});

describe('a page', () => {
  it('says how many items it has, how many there are, and whether there are more', async () => {
    const users = await paged('directory-rpc-3.1.yaml', 'ListUsers');
    expect(users.page({ limit: 3 })).toMatchObject({ listMetadata: { count: 3 } });
    const invoices = await paged('billing-3.1.json', 'invoices.list');
    expect(invoices.page({ limit: 3 })).toMatchObject({ has_more: true });
    const patients = await paged('clinic-3.0.yaml', 'listPatients');
    expect(patients.page({ limit: 3 })).toMatchObject({ total: expect.any(Number) });
  });

  it('has as many items as the document says where the caller says nothing, and never more than allowed', async () => {
    const { page, pagination } = await paged('clinic-3.0.yaml', 'listPatients');
    expect(valueAt(page({}), pagination.items)).toHaveLength(10);
    expect(valueAt(page({ limit: 10_000 }), pagination.items)).toHaveLength(50);
  });

  it('of people lists everybody once', async () => {
    const { page } = await paged('directory-rpc-3.1.yaml', 'ListUsers');
    const people = DEFAULT_NAMES.people.map(({ id, email }) => expect.objectContaining({ id, email }));
    expect(page({ limit: 200 })).toMatchObject({ users: people });
  });
});

describe('an operation without cursor and next cursor', () => {
  it('does not page', async () => {
    const document = await loadDocument('fixtures/documents/trees-3.1.yaml');
    expect(operationsOf(document).flatMap((operation) => paginationOf(document, operation) ?? [])).toEqual(
      [],
    );
  });
});

describe('an item of a list', () => {
  it('is what a request for its id gets, wrapped or not', async () => {
    const document = await loadDocument('fixtures/documents/directory-rpc-3.1.yaml');
    const { page, pagination } = await paged('directory-rpc-3.1.yaml', 'ListUsers');
    const users = valueAt(page({ limit: 10 }), pagination.items);
    const listed: unknown[] = Array.isArray(users) ? users : [];
    const asked = listed.map((user) => {
      const id = String(valueAt(user, '#/id'));
      const ref = '#/components/schemas/GetUserResponse';
      return generateValue(document, ref, { key: `get ${id}`, given: knownValues({ userId: id }) });
    });
    expect(asked).toEqual(listed.map((user) => ({ user })));
  });

  it('is also that where ids are numbers in a path', async () => {
    const document = await loadDocument('fixtures/documents/clinic-3.0.yaml');
    const { page, pagination } = await paged('clinic-3.0.yaml', 'listPatients');
    const patient = valueAt(page({ limit: 1 }), `${pagination.items}/0`);
    const given = knownValues({ patientId: String(valueAt(patient, '#/id')) });
    expect(generateValue(document, '#/components/schemas/Patient', { key: 'get', given })).toEqual(patient);
  });
});

describe('the sizes a list may have', () => {
  const thing = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } };

  /** A document with one list that pages. */
  function listing(list: object): { document: LoadedDocument; pagination: Pagination } {
    const schema = {
      type: 'object',
      required: ['things'],
      properties: { things: { type: 'array', items: thing, ...list }, next_cursor: { type: 'string' } },
    };
    const parameters = [
      { in: 'query', name: 'cursor', schema: { type: 'string' } },
      { in: 'query', name: 'limit', schema: { type: 'integer' } },
    ];
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/A' } } };
    const get = { parameters, responses: { 200: { description: 'ok', content } } };
    const document = documentOf({ A: schema }, { paths: { '/things': { get } } });
    const [pagination] = operationsOf(document).flatMap((one) => paginationOf(document, one) ?? []);
    if (pagination === undefined) throw new Error('does not page');
    return { document, pagination };
  }

  /** The sizes of all pages, each of them checked. */
  function walk(list: object, limit: number): number[] {
    const { document, pagination } = listing(list);
    const validate = compileValidator(document, pagination.schemaRef);
    const sizes: number[] = [];
    let cursor: unknown = '';
    while (typeof cursor === 'string') {
      const page = generatePage(document, pagination, { key: 'k', limit, cursor });
      expect(page === undefined ? 'no page' : validate(page)).toEqual([]);
      const held = valueAt(page, pagination.items);
      sizes.push(Array.isArray(held) ? held.length : -1);
      cursor = valueAt(page, pagination.nextCursor ?? '');
    }
    return sizes;
  }

  it.each([
    [{ maxItems: 10 }, 50],
    [{ maxItems: 10 }, 20],
    [{ maxItems: 3 }, 7],
  ])('%j is kept with a limit of %s', (list, limit) => {
    const sizes = walk(list, limit);
    expect(sizes.length).toBeGreaterThan(2);
    expect(new Set(sizes.slice(0, -1))).toEqual(new Set([list.maxItems]));
  });

  it.each([
    [{ minItems: 5 }, 2],
    [{ minItems: 5, maxItems: 9 }, 9],
    [{ minItems: 200 }, 20],
  ])('%j is kept with a limit of %s, to the last page', (list, limit) => {
    const sizes = walk(list, limit);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(list.minItems);
  });

  it('of other rules make one page where pages cannot keep them', () => {
    const counted = { contains: { properties: { id: { const: 'first' } } }, maxContains: 1 };
    expect(walk(counted, 20)).toHaveLength(1);
  });
});
