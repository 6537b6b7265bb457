import { describe, expect, it } from 'vitest';
import { call, documentOf, startWithDocument } from './spec-mock.ts';

const operation = (name: string, schema: string, method = 'get'): string => {
  const parameter = `{ in: path, name: ${name}, required: true, schema: { type: string } }`;
  const content = `{ application/json: { schema: { $ref: '#/components/schemas/${schema}' } } }`;
  const parameters = name === '' ? '' : `parameters: [${parameter}], `;
  return `${method}: { ${parameters}responses: { '200': { description: ok, content: ${content} } } }`;
};

const DOCUMENT = `${documentOf(`  /employees: { ${operation('', 'Employees')} }
  /employees/{email}: { ${operation('email', 'Employee')} }
  /staff/{email}: { ${operation('email', 'Wrapped')} }
  /people/{employeeId}: { ${operation('employeeId', 'Employee')} }
  /products/{sku}: { ${operation('sku', 'Product')} }
  /things/{thing}: { ${operation('thing', 'Product')} }
  /orders:
    post:
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses:
        '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
`)}components:
  schemas:
    Employees: { type: array, minItems: 3, items: { $ref: '#/components/schemas/Employee' } }
    Employee:
      type: object
      required: [id, name, email, createdAt]
      properties: { id: { type: string }, name: { type: string }, email: { type: string }, createdAt: { type: string, format: date-time } }
    Wrapped: { type: object, required: [employee], properties: { employee: { $ref: '#/components/schemas/Employee' } } }
    Product:
      type: object
      required: [id, sku]
      properties: { id: { type: string }, sku: { type: string } }
    Order:
      type: object
      required: [id, customerId]
      properties: { id: { type: string }, customerId: { type: string } }
`;

async function get(path: string, body?: unknown): Promise<unknown> {
  const mock = await startWithDocument(DOCUMENT);
  const method = body === undefined ? 'GET' : 'POST';
  const answer = await call(mock.url + path, { method, ...(body === undefined ? {} : { body }) });
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.json;
}

interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** Somebody of the world. */
async function somebody(): Promise<Person> {
  const mock = await startWithDocument(DOCUMENT);
  const { id, name, email } = mock.world.dictionary('user')[3]?.user?.formal?.user ?? {};
  if (id === undefined || name === undefined || email === undefined) throw new Error('nobody');
  return { id, name, email };
}

describe('a path that ends with the e-mail address of somebody', () => {
  it('gives that person, with their own id, as the id does', async () => {
    const person = await somebody();
    const byEmail = await get(`/employees/${encodeURIComponent(person.email)}`);
    expect(byEmail).toMatchObject(person);
    expect(byEmail).toEqual(await get(`/people/${person.id}`));
  });

  it('also in an envelope', async () => {
    const person = await somebody();
    expect(await get(`/staff/${encodeURIComponent(person.email)}`)).toMatchObject({ employee: person });
  });

  it('repeats an address that nobody has, and nowhere else', async () => {
    const answer = await get('/employees/new%40example.com');
    expect(answer).toMatchObject({ email: 'new@example.com', id: expect.not.stringContaining('@') });
  });
});

describe('what becomes the id of an answer', () => {
  it('is the end of the path where it is an id, or named as its collection', async () => {
    expect(await get('/people/user_7')).toMatchObject({ id: 'user_7' });
    expect(await get('/things/abc')).toMatchObject({ id: 'abc' });
  });

  it('is no parameter that is a property of its own', async () => {
    expect(await get('/products/sku-9')).toMatchObject({
      sku: 'sku-9',
      id: expect.not.stringContaining('sku-9'),
    });
  });

  it('is no id of something else in the body', async () => {
    const answer = await get('/orders', { customerId: 'customer_9' });
    expect(answer).toMatchObject({ customerId: 'customer_9', id: expect.not.stringContaining('customer_9') });
  });
});
