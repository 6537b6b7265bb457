import { FORMATS } from './formats.ts';
import { joinPointer } from './json-pointer.ts';
import { ANNOTATION_KEYWORDS, SCHEMA_KEYWORDS } from './schema-keywords.ts';
import { isJsonObject, type JsonObject, ownEntry, type Schema, type SchemaObject } from './schema-object.ts';
import { conjunction, keywordOf, schemaAt } from './schema-view.ts';

/** How strictly a value is checked. */
export interface ValidationMode {
  /**
   * `open`: what the schema says. `closed`: also no property that the document does not declare, wherever an
   * object schema declares any; only an explicit `additionalProperties` keeps an object open.
   */
  readonly mode: 'open' | 'closed';
  /**
   * Which way the value travels: a required `readOnly` property may be absent from a request, a required
   * `writeOnly` one from a response.
   */
  readonly direction: 'request' | 'response';
}

/** A schema in the making. */
export type Draft = Record<string, unknown>;

/** Which variant of a schema is meant. */
export interface SchemaVariant {
  readonly mode: ValidationMode['mode'];
  /** True where the schema is all that is said of a value; false where others declare properties beside it. */
  readonly isClosed: boolean;
}

/** {@link ValidationMode}, the variant of the schema itself, and how referenced schemas are called. */
export interface RewriteOptions extends ValidationMode, SchemaVariant {
  readonly nameOf: (pointer: string, variant: SchemaVariant) => string;
}

/**
 * The schema at a pointer of a checked document in the form the validator takes: annotations left out, formats
 * split by type, references renamed, closed where asked.
 */
export function compilableSchema(
  root: JsonObject,
  pointer: string,
  options: RewriteOptions,
): Draft | boolean {
  return rewrite({ root, options, isClosing: options.isClosed }, pointer, schemaAt(root, pointer).schema);
}

/** True where an object schema declares properties, itself or by what it applies to the same value. */
export function declaresProperties(root: JsonObject, pointer: string, schema: Schema): boolean {
  return conjunction(root, { pointer, schema }).some(({ schema: part }) => {
    if (typeof part === 'boolean') return false;
    if (part.properties !== undefined) return true;
    return [...(part.anyOf ?? []), ...(part.oneOf ?? [])].some((branch) =>
      declaresProperties(root, pointer, branch),
    );
  });
}

interface Rewrite {
  readonly root: JsonObject;
  readonly options: RewriteOptions;
  /** True where a value of its own begins, so that its object can be closed. */
  readonly isClosing: boolean;
}

/** Keywords whose schemas look at the same value, so that closing them would forbid what others declare. */
const SAME_VALUE: ReadonlySet<string> = new Set([
  'allOf',
  'anyOf',
  'oneOf',
  'then',
  'else',
  'dependentSchemas',
]);

/** Keywords whose schemas only ask a question: a stricter question would change the answer. */
const QUESTIONS: ReadonlySet<string> = new Set(['not', 'if', 'contains', 'propertyNames']);

function rewrite(context: Rewrite, pointer: string, schema: Schema): Draft | boolean {
  if (typeof schema === 'boolean') return schema;
  const draft: Draft = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (!isMeaningful(schema, keyword)) continue;
    draft[keyword] = rewriteKeyword(context, { pointer: joinPointer(pointer, keyword), keyword }, value);
  }
  splitFormat(draft, schema);
  spellOutContains(draft, schema);
  relaxRequired(context, pointer, draft);
  // A reference alone is closed behind it: errors behind it would hide from here which properties it knows.
  const isAlone = schema.$ref !== undefined && Object.keys(draft).length === 1;
  if (schema.$ref !== undefined) {
    const { mode } = context.options;
    draft['$ref'] = context.options.nameOf(schema.$ref, { mode, isClosed: context.isClosing && isAlone });
  }
  const isClosedHere = context.isClosing && !isAlone && isClosable(context.root, pointer, schema);
  if (isClosedHere) draft['unevaluatedProperties'] = false;
  return draft;
}

/** The validator refuses keywords that cannot have an effect; in a document they do no harm. */
function isMeaningful(schema: SchemaObject, keyword: string): boolean {
  if (keyword.startsWith('x-') || ANNOTATION_KEYWORDS.has(keyword) || keyword === 'format') return false;
  if (keyword === 'if') return schema.then !== undefined || schema.else !== undefined;
  if (keyword === 'then' || keyword === 'else') return schema.if !== undefined;
  if (keyword === 'minContains' || keyword === 'maxContains') return schema.contains !== undefined;
  return true;
}

function rewriteKeyword(
  context: Rewrite,
  at: { readonly pointer: string; readonly keyword: string },
  value: unknown,
): unknown {
  const inner = innerContext(context, at.keyword);
  // Kinds were checked with the document: what stands where a schema stands is one.
  const child = (pointer: string, held: unknown): unknown => rewrite(inner, pointer, held as Schema);
  switch (ownEntry(SCHEMA_KEYWORDS, at.keyword)) {
    case 'schema':
      return child(at.pointer, value);
    case 'schemas':
      return Array.isArray(value) ? value.map((item, i) => child(joinPointer(at.pointer, i), item)) : value;
    case 'schemaMap':
      return isJsonObject(value)
        ? Object.fromEntries(
            Object.entries(value).map(([name, item]) => [name, child(joinPointer(at.pointer, name), item)]),
          )
        : value;
    default:
      return value;
  }
}

function innerContext(context: Rewrite, keyword: string): Rewrite {
  if (QUESTIONS.has(keyword))
    return { ...context, isClosing: false, options: { ...context.options, mode: 'open' } };
  return { ...context, isClosing: context.options.mode === 'closed' && !SAME_VALUE.has(keyword) };
}

function isClosable(root: JsonObject, pointer: string, schema: SchemaObject): boolean {
  if (schema.additionalProperties !== undefined || schema.unevaluatedProperties !== undefined) return false;
  return declaresProperties(root, pointer, schema);
}

/** A format may look at strings, at numbers, or at both, while the validator's formats look at one type. */
function splitFormat(draft: Draft, schema: SchemaObject): void {
  const format = schema.format === undefined ? undefined : FORMATS.get(schema.format);
  if (format === undefined) return;
  const names = [
    ...(format.string !== undefined && mayBe(schema, ['string']) ? [`${schema.format}`] : []),
    ...(format.number !== undefined && mayBe(schema, ['number', 'integer'])
      ? [numberFormat(`${schema.format}`)]
      : []),
  ];
  const [first, second] = names;
  if (first !== undefined) draft['format'] = first;
  if (second === undefined) return;
  draft['allOf'] = [...(Array.isArray(draft['allOf']) ? draft['allOf'] : []), { format: second }];
}

/** Name of a format's number check in the validator. */
export function numberFormat(format: string): string {
  return `${format}/number`;
}

/** Legal bounds that the validator refuses: none at all, and those that no list keeps. */
function spellOutContains(draft: Draft, { contains, minContains = 1, maxContains }: SchemaObject): void {
  if (contains === undefined) return;
  if (minContains === 0 && maxContains === undefined) draft['maxContains'] = Number.MAX_SAFE_INTEGER;
  if (maxContains === undefined || minContains <= maxContains) return;
  draft['contains'] = false;
  delete draft['minContains'];
  delete draft['maxContains'];
}

function mayBe(schema: SchemaObject, types: readonly string[]): boolean {
  if (schema.type === undefined) return true;
  const declared: readonly string[] = typeof schema.type === 'string' ? [schema.type] : schema.type;
  return declared.some((type) => types.includes(type));
}

function relaxRequired({ root, options }: Rewrite, pointer: string, draft: Draft): void {
  const required = draft['required'];
  if (!Array.isArray(required)) return;
  const { schema } = schemaAt(root, pointer);
  const properties = typeof schema === 'object' ? (schema.properties ?? {}) : {};
  const absent = options.direction === 'request' ? 'readOnly' : 'writeOnly';
  draft['required'] = required.filter((name: string) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return property === undefined || keywordOf(root, { pointer, schema: property }, absent) !== true;
  });
}
