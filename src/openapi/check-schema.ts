import type { DocumentProblem } from './document-source.ts';
import { FORMATS } from './formats.ts';
import { joinPointer } from './json-pointer.ts';
import { patternProblem } from './pattern.ts';
import { type KeywordKind, REFUSED_KEYWORDS, SCHEMA_KEYWORDS } from './schema-keywords.ts';
import { isJsonObject, type JsonObject, ownEntry } from './schema-object.ts';
import { suggest } from './suggest.ts';
import type { Visited } from './walk-document.ts';

/** The versions of OpenAPI the kit reads. */
export type OpenApiVersion = '3.0' | '3.1';

const TYPES: ReadonlySet<unknown> = new Set([
  'null',
  'boolean',
  'integer',
  'number',
  'string',
  'array',
  'object',
]);

/** Keywords whose value is different, or which exist only, in OpenAPI 3.0. */
const KINDS_3_0: Readonly<Record<string, KeywordKind>> = {
  nullable: 'boolean',
  exclusiveMinimum: 'boolean',
  exclusiveMaximum: 'boolean',
};

/** Everything wrong with one schema itself; the schemas inside it are visited on their own. */
export function checkSchema({ pointer, value }: Visited, version: OpenApiVersion): DocumentProblem[] {
  if (typeof value === 'boolean') return [];
  if (!isJsonObject(value)) return [{ pointer, reason: 'a schema must be an object or a boolean' }];
  return Object.keys(value).flatMap((keyword) => {
    const reason = keywordProblem(value, keyword, version);
    return reason === undefined ? [] : [{ pointer: joinPointer(pointer, keyword), reason }];
  });
}

function keywordProblem(schema: JsonObject, keyword: string, version: OpenApiVersion): string | undefined {
  const kind =
    (version === '3.0' ? ownEntry(KINDS_3_0, keyword) : undefined) ?? ownEntry(SCHEMA_KEYWORDS, keyword);
  if (kind === undefined) return unknownKeyword(keyword);
  const value = schema[keyword];
  const expected = KINDS[kind](value);
  if (expected !== undefined) return `${keyword} must be ${expected} (got ${shorten(value)})`;
  return keyword === 'format' ? formatProblem(String(value)) : undefined;
}

function unknownKeyword(keyword: string): string | undefined {
  if (keyword.startsWith('x-')) return undefined;
  if (keyword === 'nullable') return '"nullable" is of OpenAPI 3.0; in 3.1 write type: [string, "null"]';
  const refused = ownEntry(REFUSED_KEYWORDS, keyword);
  if (refused !== undefined) return `keyword "${keyword}" ${refused}`;
  return `unknown keyword "${keyword}"${suggest(keyword, Object.keys(SCHEMA_KEYWORDS))}`;
}

function formatProblem(format: string): string | undefined {
  if (FORMATS.has(format)) return undefined;
  const hint = suggest(format, FORMATS.keys());
  return `unknown format "${format}"${hint}; known are the formats of the OpenAPI registry`;
}

/** What each kind of value must be, or undefined where it is. */
const KINDS: Readonly<Record<KeywordKind, (value: unknown) => string | undefined>> = {
  schema: (value) =>
    isJsonObject(value) || typeof value === 'boolean' ? undefined : 'a schema (an object or a boolean)',
  schemas: (value) => (Array.isArray(value) && value.length > 0 ? undefined : 'a list of schemas'),
  schemaMap: (value) => (isJsonObject(value) ? undefined : 'an object of schemas by name'),
  string: (value) => (typeof value === 'string' ? undefined : 'a string'),
  strings: (value) => (isStrings(value) ? undefined : 'a list of strings'),
  stringsMap: (value) =>
    isJsonObject(value) && Object.values(value).every(isStrings)
      ? undefined
      : 'an object of lists of strings',
  number: (value) => (Number.isFinite(value) ? undefined : 'a number'),
  positive: (value) => (typeof value === 'number' && value > 0 ? undefined : 'a number above 0'),
  count: (value) => (Number.isSafeInteger(value) && Number(value) >= 0 ? undefined : 'a whole number from 0'),
  boolean: (value) => (typeof value === 'boolean' ? undefined : 'true or false'),
  regex: (value) => (typeof value === 'string' ? patternProblem(value) : 'a string'),
  types: (value) => (isTypes(value) ? undefined : `one or more of ${[...TYPES].join(', ')}`),
  values: (value) => (Array.isArray(value) ? undefined : 'a list'),
  object: (value) => (isJsonObject(value) ? undefined : 'an object'),
  any: () => undefined,
  fieldNumber: (value) => (isFieldNumber(value) ? undefined : 'a protobuf field number'),
};

function isStrings(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isTypes(value: unknown): boolean {
  if (!Array.isArray(value)) return TYPES.has(value);
  return value.length > 0 && value.every((type) => TYPES.has(type)) && new Set(value).size === value.length;
}

function isFieldNumber(value: unknown): boolean {
  const number = Number.isInteger(value) ? Number(value) : 0;
  return number >= 1 && number <= 536_870_911 && !(number >= 19_000 && number <= 19_999);
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
