// How long the mock takes to start with somebody else's large document: 24 services, 480 procedures, about a megabyte.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { startServer } from '../processes.mjs';
import { OURS } from './list-sessions.mjs';

const SERVICES = 24;
const PROCEDURES = 480;

const ref = (name) => ({ $ref: `#/components/schemas/${name}` });
const content = (name) => ({ 'application/json': { schema: ref(name) } });

/** A message that holds its neighbour, a page of it, and a request with bounds. */
function schemasOf(number) {
  const name = `Thing${number}`;
  const field = (at, schema) => ({ 'x-proto-field': at, ...schema });
  const properties = {
    id: field(1, { type: 'string', description: `Identifier of a ${name}` }),
    name: field(2, { type: 'string', minLength: 1, maxLength: 100 }),
    createdAt: field(3, { type: 'string', format: 'date-time' }),
    email: field(4, { type: 'string', format: 'email' }),
    size: field(5, { type: 'integer', format: 'int32', minimum: 0, maximum: 1000 }),
    tags: field(6, { type: 'array', items: { type: 'string' }, maxItems: 5 }),
    status: field(7, { type: 'string', enum: ['active', 'inactive'] }),
    next: field(8, ref(`Thing${(number + 1) % PROCEDURES}`)),
  };
  const limit = field(1, { type: 'integer', format: 'int32', minimum: 1, maximum: 1000 });
  return {
    [name]: { type: 'object', required: ['id', 'name'], properties },
    [`${name}Request`]: { type: 'object', properties: { limit, cursor: field(2, { type: 'string' }) } },
    [`${name}Page`]: {
      type: 'object',
      properties: {
        things: field(1, { type: 'array', items: ref(name) }),
        nextCursor: field(2, { type: 'string' }),
      },
    },
  };
}

function pathOf(number) {
  return `/big.v1.Service${number % SERVICES}/ListThings${number}`;
}

function largeDocument() {
  const numbers = Array.from({ length: PROCEDURES }, (_, number) => number);
  const operation = (number) => ({
    operationId: `ListThings${number}`,
    requestBody: { content: content(`Thing${number}Request`) },
    responses: { 200: { description: 'A page', content: content(`Thing${number}Page`) } },
  });
  return {
    openapi: '3.1.0',
    info: { title: 'A whole product', version: '1' },
    'x-proto-package': 'big.v1',
    paths: Object.fromEntries(numbers.map((number) => [pathOf(number), { post: operation(number) }])),
    components: { schemas: Object.assign({}, ...numbers.map(schemasOf)) },
  };
}

/** From the start of the process to the end of the first answer of the last procedure. */
async function measureStart(extension, write) {
  const folder = mkdtempSync(join(tmpdir(), 'formal-mock-bench-'));
  const file = join(folder, `large.${extension}`);
  writeFileSync(file, write(largeDocument()));
  const started = performance.now();
  const server = await startServer([...OURS, '--spec', file]);
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(server.url + pathOf(PROCEDURES - 1), {
      method: 'POST',
      headers,
      body: '{}',
    });
    const { things = [] } = await response.json();
    if (response.status !== 200 || things.length === 0) throw new Error(`status ${response.status}`);
    return performance.now() - started;
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

const TITLE = `first answer with a document of ${PROCEDURES} procedures`;

export const measures = [
  { name: `${TITLE}, JSON`, unit: 'ms', run: () => measureStart('json', JSON.stringify) },
  { name: `${TITLE}, YAML`, unit: 'ms', run: () => measureStart('yaml', (document) => stringify(document)) },
];
