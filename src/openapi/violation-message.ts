import type { ErrorObject } from 'ajv/dist/2020.js';
import { FORMATS } from './formats.ts';
import { parsePointer } from './json-pointer.ts';

/** What a message needs beside the error. */
export interface MessageOptions {
  /** What the value itself is called. */
  readonly subject: string;
  readonly showsValues: boolean;
}

/** One sentence for people: `limit must be <= 100000 (got 250000)`. */
export function violationMessage(error: ErrorObject, pointer: string, options: MessageOptions): string {
  const name = pathText(pointer, options.subject);
  const tell = MESSAGES[error.keyword];
  const got = `(got ${valueText(error.data, options.showsValues)})`;
  if (tell === undefined) return `${name} ${error.message ?? `breaks ${error.keyword}`} ${got}`;
  return `${name} ${tell(error, got)}`;
}

/** A path as people write it: `/sessions/0/user` is `sessions[0].user`. */
export function pathText(pointer: string, subject: string): string {
  const text = parsePointer(pointer).reduce((path, step) => {
    if (/^[0-9]+$/.test(step)) return `${path}[${step}]`;
    if (!/^[\w$-]+$/.test(step)) return `${path}[${JSON.stringify(step)}]`;
    return path === '' ? step : `${path}.${step}`;
  }, '');
  if (text === '') return subject;
  return text.startsWith('[') ? `${subject}${text}` : text;
}

type Tell = (error: ErrorObject, got: string) => string;

const MESSAGES: Readonly<Record<string, Tell>> = {
  type: ({ schema }, got) => `must be ${orText(listOf(schema))} ${got}`,
  required: () => 'is required',
  dependentRequired: ({ params }) => `is required beside ${String(params['property'])}`,
  additionalProperties: () => 'is not a known property',
  unevaluatedProperties: () => 'is not a known property',
  unevaluatedItems: (_, got) => `has more items than are declared ${got}`,
  items: ({ params }, got) => `must have at most ${String(params['limit'])} items ${got}`,
  enum: ({ schema }, got) => `must be one of ${orText(listOf(schema).map(plain))} ${got}`,
  const: ({ schema }, got) => `must be ${plain(schema)} ${got}`,
  minimum: ({ schema }, got) => `must be >= ${String(schema)} ${got}`,
  maximum: ({ schema }, got) => `must be <= ${String(schema)} ${got}`,
  exclusiveMinimum: ({ schema }, got) => `must be > ${String(schema)} ${got}`,
  exclusiveMaximum: ({ schema }, got) => `must be < ${String(schema)} ${got}`,
  multipleOf: ({ schema }, got) => `must be a multiple of ${String(schema)} ${got}`,
  minLength: ({ schema, data }) => `must have at least ${count(schema, 'character')} (got ${size(data)})`,
  maxLength: ({ schema, data }) => `must have at most ${count(schema, 'character')} (got ${size(data)})`,
  minItems: ({ schema, data }) => `must have at least ${count(schema, 'item')} (got ${size(data)})`,
  maxItems: ({ schema, data }) => `must have at most ${count(schema, 'item')} (got ${size(data)})`,
  minProperties: ({ schema, data }) => `must have at least ${count(schema, 'property')} (got ${size(data)})`,
  maxProperties: ({ schema, data }) => `must have at most ${count(schema, 'property')} (got ${size(data)})`,
  uniqueItems: ({ params }) =>
    `must not repeat items: ${String(params['j'])} and ${String(params['i'])} are equal`,
  contains: ({ params }) => `must hold at least ${String(params['minContains'])} items of the form asked for`,
  pattern: ({ schema }, got) => `must match ${String(schema)} ${got}`,
  format: ({ schema }, got) => `must be ${formatText(schema)} ${got}`,
  not: (_, got) => `must not have the form that is excluded ${got}`,
  'false schema': () => 'must not be present',
  anyOf: choiceText,
  oneOf: choiceText,
};

function choiceText({ params }: ErrorObject, got: string): string {
  const passing: unknown = params['passingSchemas'];
  if (Array.isArray(passing)) {
    return `must have exactly one of the forms allowed, but has ${passing.length} of them ${got}`;
  }
  const alternatives: unknown = params['alternatives'];
  // Put there by collapseAlternatives and by nothing else.
  const branches = (Array.isArray(alternatives) ? alternatives : []) as ErrorObject[][];
  const words = branches.map((errors) => (errors.length === 1 ? singleText(errors[0]) : undefined));
  const known = words.filter((word) => word !== undefined);
  if (known.length === words.length && known.length > 0)
    return `must be ${orText([...new Set(known)])} ${got}`;
  return `must have one of the ${branches.length} forms allowed ${got}`;
}

/** What a branch with one error asks for, where it takes few words. */
function singleText(error: ErrorObject | undefined): string | undefined {
  if (error?.keyword === 'format') return formatName(error.schema);
  if (error?.keyword === 'type') return orText(listOf(error.schema));
  if (error?.keyword === 'const') return plain(error.schema);
  return undefined;
}

function formatName(format: unknown): string {
  return String(format).replace(/\/number$/, '');
}

function formatText(format: unknown): string {
  const name = formatName(format);
  const example = FORMATS.get(name)?.example;
  return example === undefined ? `of format ${name}` : `of format ${name}, e.g. ${example}`;
}

/** A value as it is shown: in full while short, or only what it looks like. */
function valueText(value: unknown, showsValues: boolean): string {
  if (!showsValues) return shapeText(value);
  const text = plainJson(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function shapeText(value: unknown): string {
  if (typeof value === 'string') return `a string of ${count(value.length, 'character')}`;
  if (Array.isArray(value)) return `a list of ${count(value.length, 'item')}`;
  if (typeof value === 'object' && value !== null) return `an object of ${count(size(value), 'property')}`;
  return value === null ? 'null' : `a ${typeof value}`;
}

function plainJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // Values that JSON has no form for come from programs, never from the wire.
    return String(value);
  }
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : plainJson(value);
}

function listOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map((item) => plain(item));
}

function orText(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? 'nothing') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function size(value: unknown): number {
  if (typeof value === 'string') return [...value].length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

function count(number: unknown, unit: string): string {
  const plural = unit.endsWith('y') ? `${unit.slice(0, -1)}ies` : `${unit}s`;
  return `${String(number)} ${number === 1 ? unit : plural}`;
}
