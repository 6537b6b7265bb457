import type { BoundField, Scalar } from './field.ts';
import { holdsNumber, type Intervals } from './intervals.ts';
import { addressKey } from './ip-address.ts';
import { parseInstant } from './parse-instant.ts';
import type { TextShape } from './text-matcher.ts';
import { isTokenised, type TextType, tokenize } from './tokenize.ts';

/** A test of one value of a field; a field matches when any of its values does. */
export type ValueTest =
  /** There is a value. */
  | { readonly on: 'presence' }
  /** Dates in ms since 1970, or numbers, inside a set of numbers. */
  | { readonly on: 'number'; readonly intervals: Intervals }
  /** Whole texts, or addresses as keys of 32 digits. */
  | (TextTest & { readonly on: 'text' | 'address' })
  /** The tokens of a text. */
  | TokensTest;

/** A test of a whole text. */
export interface TextTest {
  accepts(text: string): boolean;
  /** False when no text of a shape can pass; without it, one may. */
  readonly canMatchShape?: (shape: TextShape) => boolean;
  /** The test accepts exactly these texts, so that an index can answer. */
  readonly exact?: readonly string[];
}

/** A test of all tokens of a text. */
export interface TokensTest {
  readonly on: 'tokens';
  accepts(tokens: readonly string[]): boolean;
  /** The test accepts exactly the texts with one of these tokens. */
  readonly exact?: readonly string[];
}

/** Tells whether any value of the field in this document passes. */
export function testDocument(field: BoundField, test: ValueTest, document: unknown): boolean {
  const values = field.read(document);
  switch (test.on) {
    case 'presence':
      return values.length > 0;
    case 'number':
      return numbersOf(field, values).some((number) => holdsNumber(test.intervals, number));
    case 'text':
      return textsOf(values).some((text) => test.accepts(text));
    case 'address':
      return addressesOf(values).some((key) => test.accepts(key));
    case 'tokens':
      return tokensOf(field, values).some((tokens) => test.accepts(tokens));
  }
}

/** Values as texts; booleans are `true` and `false`. */
export function textsOf(values: readonly Scalar[]): readonly string[] {
  return values.map(String);
}

/** Values that are addresses, as comparable keys. */
export function addressesOf(values: readonly Scalar[]): readonly string[] {
  return values.map((value) => addressKey(String(value))).filter((key) => key !== undefined);
}

/** The tokens of each value. */
export function tokensOf(field: BoundField, values: readonly Scalar[]): readonly (readonly string[])[] {
  return isTextType(field.type) ? textsOf(values).map((text) => tokenize(field.type as TextType, text)) : [];
}

/** Values as numbers: dates in ms since 1970. */
export function numbersOf(field: BoundField, values: readonly Scalar[]): readonly number[] {
  const toNumber = field.type === 'date' ? dateOf : (field.numberForm?.fromValue ?? plainNumberOf);
  return values.map(toNumber).filter((number) => number !== undefined);
}

function isTextType(type: BoundField['type']): type is TextType {
  return type === 'raw' || type === 'lowercase' || type === 'raw_lowercase' || isTokenised(type as TextType);
}

function dateOf(value: Scalar): number | undefined {
  return parseInstant(String(value));
}

function plainNumberOf(value: Scalar): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
