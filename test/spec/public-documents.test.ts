import { describe, expect, it } from 'vitest';
import { compileValidator } from '../../src/openapi/compile-validator.ts';
import { generateValue } from '../../src/openapi/generate-value.ts';
import { loadDocument } from '../../src/openapi/load-document.ts';
import type { LoadedDocument } from '../../src/openapi/loaded-document.ts';
import type {
  Operation,
  OperationParameter,
  OperationResponse,
  SecurityScheme,
} from '../../src/openapi/operation.ts';
import { operationsOf } from '../../src/openapi/operations.ts';
import type { JsonValue } from '../../src/openapi/schema-object.ts';
import { KEY, startSpecMock } from './spec-mock.ts';

const FILES = [
  'billing-3.1.json',
  'clinic-3.0.yaml',
  'directory-rpc-3.1.yaml',
  'telemetry-3.0.json',
  'trees-3.1.yaml',
].map((name) => `fixtures/documents/${name}`);

const CALLS = 50;

/** Everything a call sends; made from the document alone. */
interface Sent {
  readonly path: string;
  readonly init: RequestInit;
}

/** Nobody gave these out, so they are refused, rightly. */
const CURSOR = /cursor|token|starting_after/i;

const LIMIT = /^(limit|page_?size)$/i;

function requestOf(document: LoadedDocument, operation: Operation, number: number): Sent {
  const made = (schemaRef: string | undefined, name: string): JsonValue =>
    schemaRef === undefined
      ? `text ${number}`
      : generateValue(document, schemaRef, { key: `${operation.id} ${number}`, direction: 'request', name });
  const headers = new Headers(keyHeaders(operation));
  const query = new URLSearchParams(keyQuery(operation));
  let path = operation.path;
  for (const parameter of operation.parameters.filter(({ name }) => !CURSOR.test(name))) {
    const { name } = parameter;
    const value = LIMIT.test(name) ? 1 + (number % 9) : made(parameter.schemaRef, name);
    if (parameter.in === 'path') path = path.replace(`{${name}}`, encodeURIComponent(String(value)));
    else addParameter({ query, headers }, parameter, value);
  }
  const { method, requestBody } = operation;
  const [first] = requestBody?.content ?? [];
  const content = requestBody?.content.find(({ mediaType }) => /json$/.test(mediaType)) ?? first;
  if (content === undefined) return { path: `${path}?${query}`, init: { method, headers } };
  headers.set('content-type', content.mediaType);
  const isJson = /json$/.test(content.mediaType);
  const body = isJson ? JSON.stringify(bodyOf(made(content.schemaRef, ''), number)) : `bytes ${number}`;
  return { path: `${path}?${query}`, init: { method, headers, body } };
}

function addParameter(
  { query, headers }: { readonly query: URLSearchParams; readonly headers: Headers },
  parameter: OperationParameter,
  value: JsonValue,
): void {
  const { name, in: place } = parameter;
  if (place === 'header') headers.set(name, String(value));
  else if (place === 'cookie') headers.append('cookie', `${name}=${encodeURIComponent(String(value))}`);
  else addToQuery(query, parameter, value);
}

function addToQuery(
  query: URLSearchParams,
  { name, style, isRequired }: OperationParameter,
  value: JsonValue,
): void {
  if (typeof value !== 'object' || value === null) query.set(name, String(value));
  else if (Array.isArray(value) && style === 'form')
    for (const item of value) query.append(name, String(item));
  else if (isRequired) throw new Error(`the test cannot send ${name} in style ${style}`);
}

function bodyOf(value: JsonValue, number: number): JsonValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const members = Object.entries(value).filter(([name]) => !CURSOR.test(name));
  return Object.fromEntries(
    members.map(([name, held]) => [name, LIMIT.test(name) ? 1 + (number % 9) : held]),
  );
}

function keyHeaders({ security }: Operation): Record<string, string> {
  return Object.assign({}, ...(security[0] ?? []).map(keyHeader));
}

function keyHeader(scheme: SecurityScheme): Record<string, string> {
  if (scheme.kind === 'bearer') return { authorization: `Bearer ${KEY}` };
  if (scheme.kind === 'basic')
    return { authorization: `Basic ${Buffer.from(`me:${KEY}`).toString('base64')}` };
  if (scheme.kind !== 'apiKey' || scheme.in === 'query') return {};
  return scheme.in === 'cookie' ? { cookie: `${scheme.name}=${KEY}` } : { [scheme.name]: KEY };
}

function keyQuery({ security }: Operation): Record<string, string> {
  const names = (security[0] ?? []).flatMap((scheme) =>
    scheme.kind === 'apiKey' && scheme.in === 'query' ? [scheme.name] : [],
  );
  return Object.fromEntries(names.map((name) => [name, KEY]));
}

/** What is wrong with an answer by the schema of its status; empty where it is right. */
async function faultsOf(
  document: LoadedDocument,
  { responses }: Operation,
  answer: Response,
): Promise<string[]> {
  const text = await answer.text();
  const response: OperationResponse | undefined = responses.find(
    ({ status }) => status === String(answer.status),
  );
  if (response === undefined || !answer.ok) return [`status ${answer.status} ${text.slice(0, 300)}`];
  const missing = response.headers.filter(({ name, isRequired }) => isRequired && !answer.headers.has(name));
  const mediaType = (answer.headers.get('content-type') ?? '').split(';')[0];
  const content = response.content.find((one) => one.mediaType.split(';')[0] === mediaType);
  if (content === undefined)
    return text === '' && response.content.length === 0 ? [] : [`no content ${mediaType}`];
  const value: unknown = /json$/.test(content.mediaType) ? JSON.parse(text) : text;
  const violations =
    content.schemaRef === undefined ? [] : compileValidator(document, content.schemaRef)(value);
  return [...missing.map(({ name }) => `header ${name}`), ...violations.map(({ message }) => message)];
}

describe.each(FILES)('%s', (file) => {
  it(`is served: ${CALLS} different calls of every operation get answers of their own schema`, async () => {
    const mock = await startSpecMock([file]);
    const document = await loadDocument(file);
    const operations = operationsOf(document);
    expect(operations.length).toBeGreaterThan(3);
    const faults: string[] = [];
    for (const operation of operations) {
      for (let number = 0; number < CALLS; number += 1) {
        const { path, init } = requestOf(document, operation, number);
        const found = await faultsOf(document, operation, await fetch(mock.url + path, init));
        faults.push(...found.map((fault) => `${operation.id} ${path} ${fault}`));
      }
    }
    expect(faults.slice(0, 5)).toEqual([]);
  });

  it('gives the same answer to the same request, from two mocks, and others to others', async () => {
    const mocks = [await startSpecMock([file]), await startSpecMock([file])];
    const document = await loadDocument(file);
    for (const operation of operationsOf(document)) {
      const read = async (mock: number, number: number): Promise<string> => {
        const { path, init } = requestOf(document, operation, number);
        return (await fetch(mocks[mock]?.url + path, init)).text();
      };
      const numbers = Array.from({ length: 8 }, (_, number) => number);
      const first = await Promise.all(numbers.map((number) => read(0, number)));
      expect(await Promise.all(numbers.map((number) => read(1, number)))).toEqual(first);
      const asked = new Set(numbers.map((number) => askedOf(requestOf(document, operation, number))));
      // Requests that differ get answers that differ, but for the few that have nothing to vary.
      if (asked.size === numbers.length && first[0] !== '') {
        expect([operation.id, new Set(first).size > 1]).toEqual([operation.id, true]);
      }
    }
  });
});

function askedOf({ path, init }: Sent): string {
  return `${path} ${String(init.body)}`;
}
