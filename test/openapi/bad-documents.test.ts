import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KitError } from '../../src/errors.ts';
import { inspectFile, loadDocument, MAX_DOCUMENT_BYTES } from '../../src/openapi/load-document.ts';

const FOLDER = 'fixtures/documents/bad';

/** What is said of each file, after its name. */
const LINES: Readonly<Record<string, string>> = {
  'bad-type.yaml':
    '9:18 #/components/schemas/Order/properties/total/type: type must be one or more of null, boolean, integer, number, string, array, object (got "int")',
  'boolean-exclusive-in-3-1.yaml':
    '12:11 #/components/schemas/Order/properties/total/exclusiveMinimum: exclusiveMinimum must be a number (got true)',
  'circular-all-of.yaml': '6:5 #/components/schemas/Node: the schema refers to itself without end',
  'circular-ref.yaml': '6:5 #/components/schemas/A: the schema refers to itself without end',
  'circular-response.yaml':
    '6:5 #/components/responses/A: the reference refers to itself without end (and 1 more)',
  'duplicate-operation-id.yaml':
    '7:12 #/paths/~1b/get/operationId: duplicate operationId "list", as #/paths/~1a/get',
  'dynamic-ref.yaml':
    '9:17 #/components/schemas/Order/properties/item/$dynamicRef: keyword "$dynamicRef" is not followed; use $ref',
  'empty.yaml': '1:1 #: the file is empty',
  'file-ref.yaml':
    '9:17 #/components/schemas/Order/properties/item/$ref: remote reference ./item.yaml#/Item is refused: bundle the file, only #/… is followed',
  'json-syntax.json': '3:45 #: expected a string in double quotes, found "}"',
  'json-unfinished.json': '4:1 #: expected a string in double quotes, found the end of the file',
  'missing-ref.json':
    '9:35 #/components/schemas/Order/properties/item/$ref: reference #/components/schemas/Item leads nowhere',
  'missing-ref.yaml':
    '11:25 #/paths/~1orders/get/responses/200/content/application~1json/schema/$ref: reference #/components/schemas/Ordr leads nowhere (did you mean "#/components/schemas/Order"?)',
  'not-openapi.yaml': '1:1 #: not an OpenAPI document: the field "openapi" is missing',
  'nothing-described.yaml': '1:1 #: has neither paths nor components nor webhooks',
  'nullable-in-3-1.yaml':
    '11:11 #/components/schemas/Order/properties/note/nullable: "nullable" is of OpenAPI 3.0; in 3.1 write type: [string, "null"]',
  'number-exclusive-in-3-0.yaml':
    '11:11 #/components/schemas/Order/properties/total/exclusiveMinimum: exclusiveMinimum must be true or false (got 0)',
  'only-a-comment.yaml': '1:1 #: the file is empty',
  'openapi-4.yaml': '1:1 #/openapi: OpenAPI 4.0.0 is not read; 3.0 and 3.1 are',
  'path-without-slash.yaml': '4:3 #/paths/users: path "users" must start with "/"',
  'proto-map.yaml':
    '9:73 #/components/schemas/Order/properties/labels/x-proto-field: "labels" has no proto3 type, so it can exist in JSON only: remove x-proto-field',
  'proto-number-reserved.yaml':
    '9:29 #/components/schemas/Order/properties/id/x-proto-field: x-proto-field must be a protobuf field number (got 19000)',
  'proto-number-twice.yaml':
    '11:31 #/components/schemas/Order/properties/name/x-proto-field: field number 1 is already "id"',
  'proto-package.yaml': '3:1 #/x-proto-package: x-proto-package must be a package name such as core.v1',
  'remote-ref.yaml':
    '9:17 #/components/schemas/Order/properties/item/$ref: remote reference https://example.com/schemas/item.json is refused: bundle the file, only #/… is followed',
  'root-is-a-list.yaml': '1:1 #: not an OpenAPI document: the root must be an object',
  'same-path-twice.yaml':
    '5:3 #/paths/~1users~1{userId}: path "/users/{userId}" is the same as "/users/{id}"',
  'schema-is-text.yaml':
    '9:9 #/components/schemas/Order/properties/total: a schema must be an object or a boolean',
  'swagger-2.yaml': '1:1 #/swagger: Swagger 2.0 is not read; convert it to OpenAPI 3.1',
  'text-minimum.yaml':
    '11:11 #/components/schemas/Order/properties/total/minimum: minimum must be a number (got "1")',
  'unknown-field.yaml':
    '6:7 #/paths/~1a/get/respones: unknown field "respones" of operation (did you mean "responses"?)',
  'unknown-format.json':
    '8:9 #/components/schemas/Order/format: unknown format "phone"; known are the formats of the OpenAPI registry',
  'unknown-format.yaml':
    '11:11 #/components/schemas/Order/properties/total/format: unknown format "uuid4" (did you mean "uuid"?); known are the formats of the OpenAPI registry',
  'unknown-keyword.yaml':
    '11:11 #/components/schemas/Order/properties/total/minimun: unknown keyword "minimun" (did you mean "minimum"?)',
  'unknown-security-scheme.yaml':
    '6:20 #/paths/~1a/get/security/0/apiKey: unknown security scheme "apiKey" (did you mean "ApiKey"?)',
  'wrong-ref-target.yaml':
    '6:14 #/components/schemas/Order/$ref: reference #/components/responses/Order must lead to a schema (it leads to response)',
  'yaml-alias-bomb.yaml': '1:1 #: Excessive alias count indicates a resource exhaustion attack',
  'yaml-duplicate-key.yaml': '5:3 #: Map keys must be unique',
  'yaml-syntax.yaml': '6:1 #: Flow map in block collection must be sufficiently indented and end with a }',
  'duplicate-key.json': '4:45 #: the key "/a" stands twice in one object',
  'mistake-in-merged-map.yaml':
    '5:5 #/paths/~1a/get/responses/401/descripton: unknown field "descripton" of response (did you mean "description"?)',
  'no-info.yaml': '1:1 #: the field "info" is missing; write its title and version',
  'no-version.yaml': '2:1 #/info: the field "version" of info is missing',
  'parameter-place.yaml':
    '7:22 #/paths/~1a/get/parameters/0/in: in of a parameter must be one of path, query, header, cookie (got "qeury") (did you mean "query"?)',
  'parameter-required.yaml':
    '7:33 #/paths/~1a/get/parameters/0/required: required must be true or false (got "true")',
  'parameter-style-elsewhere.yaml':
    '7:36 #/paths/~1a/get/parameters/0/style: style of a header parameter must be simple (got "form")',
  'parameter-style.yaml':
    '7:33 #/paths/~1a/get/parameters/0/style: style of a query parameter must be one of form, spaceDelimited, pipeDelimited, deepObject (got "deepobject") (did you mean "deepObject"?)',
  'parameter-without-name.yaml': '7:11 #/paths/~1a/get/parameters/0: the parameter has no name',
  'parameter-without-place.yaml':
    '7:11 #/paths/~1a/get/parameters/0: the field "in" of a parameter is missing; write one of path, query, header, cookie',
  'scheme-http-without-scheme.yaml':
    '6:5 #/components/securitySchemes/Key: a security scheme of type http needs a scheme',
  'scheme-place.yaml':
    '6:26 #/components/securitySchemes/Key/in: in of an apiKey must be one of header, query, cookie (got "body")',
  'scheme-type.yaml':
    '6:12 #/components/securitySchemes/Key/type: type of a security scheme must be one of apiKey, http, mutualTLS, oauth2, openIdConnect (got "apikey") (did you mean "apiKey"?)',
  'scheme-without-name.yaml':
    '6:5 #/components/securitySchemes/Key: a security scheme of type apiKey needs the name of its header, parameter or cookie',
  'status-of-four-digits.yaml':
    '7:9 #/paths/~1a/get/responses/2000: "2000" is no status: write three digits, a class such as 4XX, or default',
  'yaml-merge-duplicate-key.yaml': '10:9 #: Map keys must be unique',
  'yaml-two-documents.yaml': '4:1 #: a second YAML document begins here',
};

async function errorOf(file: string): Promise<KitError> {
  const error: unknown = await loadDocument(file).then(
    () => new Error(`${file} was accepted`),
    (thrown: unknown) => thrown,
  );
  if (error instanceof KitError) return error;
  throw error;
}

describe('a bad document', () => {
  it('has a row in this table for every fixture', async () => {
    expect((await readdir(FOLDER)).sort()).toEqual([...Object.keys(LINES), 'bad-pattern.yaml'].sort());
  });

  it.each(Object.entries(LINES))('%s is refused with its place and reason', async (file, line) => {
    const error = await errorOf(`${FOLDER}/${file}`);
    expect(error.code).toBe('ERR_DOCUMENT_INVALID');
    expect(error.message).toBe(`${FOLDER}/${file}:${line}`);
  });

  it('with a broken pattern is refused in the words of the engine', async () => {
    const { problems } = await inspectFile(`${FOLDER}/bad-pattern.yaml`);
    expect(problems).toEqual([
      {
        pointer: '#/components/schemas/Order/properties/code/pattern',
        reason: expect.stringMatching(/^pattern must be a regular expression: .*\(got "\[a-"\)$/),
      },
    ]);
  });
});

describe('a file that cannot be used', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'formal-mock-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function reasonOf(name: string, content: string | Uint8Array): Promise<string> {
    const file = join(folder, name);
    await writeFile(file, content);
    return (await errorOf(file)).message.slice(file.length);
  }

  it('that does not exist is named', async () => {
    expect((await errorOf('no-such.yaml')).message).toBe('no-such.yaml: does not exist');
  });

  it('that is a directory is named', async () => {
    expect((await errorOf(folder)).message).toBe(`${folder}: is a directory, not a file`);
  });

  it('of 20 MB is refused before it is read', async () => {
    const reason = await reasonOf('big.yaml', new Uint8Array(20_000_000).fill(0x20));
    expect(reason).toBe(`: has 20000000 bytes; at most ${MAX_DOCUMENT_BYTES} are read`);
  });

  it('that is not UTF-8 is refused', async () => {
    expect(await reasonOf('latin1.yaml', Uint8Array.from([0x61, 0xe4, 0x62]))).toBe(': is not UTF-8 text');
  });

  it.each([
    ['arrays.yaml', `paths: ${'['.repeat(20_000)}`],
    ['maps.yaml', `paths: ${'{ a: '.repeat(20_000)}`],
  ])('with 20 000 levels of YAML in %s is refused', async (name, text) => {
    expect(await reasonOf(name, `openapi: 3.1.0\n${text}`)).toMatch(/^:2:\d+ #: nested too deeply$/);
  });

  it('with schemas 5 000 levels deep is refused', async () => {
    const schema = `${'{"items":'.repeat(5000)}true${'}'.repeat(5000)}`;
    const text = `{"openapi":"3.1.0","components":{"schemas":{"A":${schema}}}}`;
    expect(await reasonOf('deep.json', text)).toBe(
      ':1:50 #/components/schemas/A/items: nested deeper than 200 objects',
    );
  });

  it('with names of Object.prototype is read like any other', async () => {
    const text = '{"openapi":"3.1.0","paths":{},"components":{"schemas":{"toString":{"constructor":1}}}}';
    expect(await reasonOf('names.json', text)).toContain('unknown keyword "constructor"');
  });
});
