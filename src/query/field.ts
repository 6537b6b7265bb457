import type { TextType } from './tokenize.ts';

/** What a field holds and so how its values match. Lists show in the data. Source: documented (Quickwit). */
export type FieldType = TextType | 'date' | 'number' | 'bool' | 'ip';

/** One value inside a document. */
export type Scalar = string | number | boolean;

/** How numbers are read, from a document and from the text of a query; undefined where there is none. */
export interface NumberForm {
  fromValue(value: Scalar): number | undefined;
  fromText(text: string): number | undefined;
}

/** A field that a name in a query stands for. */
export interface BoundField {
  /** Canonical path. */
  readonly path: string;
  readonly type: FieldType;
  /** Its values in a document, none when it is absent. */
  read(document: unknown): readonly Scalar[];
  /** Set where numbers have a form of their own, as durations have. */
  readonly numberForm?: NumberForm;
  /** Name of the column that holds it, for plans that run over columns. */
  readonly column?: string;
}

/** What a name in a query means. */
export type Resolution =
  /** Any of these fields. */
  | { readonly kind: 'fields'; readonly fields: readonly BoundField[] }
  /** An object: only its presence can be asked for. */
  | { readonly kind: 'object'; readonly fields: readonly BoundField[] }
  /** A name the service knows and never fills here. */
  | { readonly kind: 'empty' }
  /** No such name; `nearest` is the most similar known one. */
  | { readonly kind: 'unknown'; readonly nearest: string | undefined };

/** Finds the fields of a name; the rules differ between a plain schema and the session table. */
export interface FieldResolver {
  resolve(name: string): Resolution;
  /** A hint for a value that this field never holds. */
  adviseValue?(field: BoundField, text: string): string | undefined;
}

const NONE: readonly Scalar[] = [];

/** The values at a path of keys: lists are entered, null and objects are no values. */
export function readPath(document: unknown, keys: readonly string[]): readonly Scalar[] {
  let values: readonly unknown[] = [document];
  for (const key of keys) {
    if (values.length === 0) return NONE;
    values = values.flatMap((value) => flatten(childOf(value, key)));
  }
  return values.filter(isScalar);
}

function childOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  // An own key of an object; what it holds is checked by the caller.
  return (value as Readonly<Record<string, unknown>>)[key];
}

function flatten(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return NONE;
  return Array.isArray(value) ? value.flatMap(flatten) : [value];
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** A decimal number as the engine reads it; undefined for anything else. */
export function parseNumber(text: string): number | undefined {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
}
