import { compilePattern } from './compile-pattern.ts';
import type { BoundField } from './field.ts';
import { compileGlob, hasWildcard } from './glob.ts';
import { type LeafContext, leafError } from './leaf-context.ts';
import { PatternError } from './pattern-tree.ts';
import { holdsPhrase, holdsPhrasePrefix, holdsSloppyPhrase } from './phrase.ts';
import { quoteText } from './query-error.ts';
import type { RangeNode, TermNode } from './query-tree.ts';
import { createPrefixMatcher, type TextMatcher } from './text-matcher.ts';
import { compareCodePoints } from './text-size.ts';
import { isCaseFolded, isIndexed, isTokenised, lowerCase, type TextType, tokenize } from './tokenize.ts';
import type { ValueNode } from './typed-test.ts';
import type { ValueTest } from './value-test.ts';

/** A field whose values are text. */
export interface TextField extends BoundField {
  readonly type: TextType;
}

/** Tells text fields from the others. */
export function isTextField(field: BoundField): field is TextField {
  return field.type !== 'date' && field.type !== 'number' && field.type !== 'bool' && field.type !== 'ip';
}

/**
 * The test of a leaf on a text field. Throws QueryError: `bad_value` for a malformed pattern, `unsupported` for one
 * that uses what the engine does not have. Source: documented and measured (Quickwit).
 */
export function textTest(node: ValueNode, field: TextField, context: LeafContext): ValueTest {
  if ('range' in node) return rangeTest(node.range);
  if ('regex' in node) return patternTest(node.regex.pattern, field, context);
  if ('set' in node) return setTest(node.set.values, field.type);
  const { text, quote, prefix } = node.term;
  if (quote === 'none' && prefix !== true && hasWildcard(text)) {
    return partTest(field.type, compileGlob(text, { foldCase: isCaseFolded(field.type) }));
  }
  return isTokenised(field.type) ? tokensTest(node.term, field.type) : wholeTest(node.term, field.type);
}

/** A test of one whole value, or of any one token where the field is cut into tokens. */
function partTest(type: TextType, matcher: TextMatcher): ValueTest {
  if (isTokenised(type)) {
    return { on: 'tokens', accepts: (tokens) => tokens.some((token) => matcher.matches(token)) };
  }
  return {
    on: 'text',
    accepts: (value) => isIndexed(value) && matcher.matches(foldValue(type, value)),
    canMatchShape: (shape) => matcher.canMatchShape(shape),
  };
}

function foldValue(type: TextType, value: string): string {
  return isCaseFolded(type) ? lowerCase(value) : value;
}

function wholeTest({ text, prefix }: TermNode['term'], type: TextType): ValueTest {
  const wanted = foldValue(type, text);
  if (prefix === true) return partTest(type, createPrefixMatcher(wanted));
  return equalsTest([wanted], type);
}

function equalsTest(wanted: readonly string[], type: TextType): ValueTest {
  const known = new Set(wanted.filter(isIndexed));
  if (isTokenised(type)) {
    return { on: 'tokens', accepts: (tokens) => tokens.some((token) => known.has(token)), exact: [...known] };
  }
  const accepts = (value: string): boolean => known.has(foldValue(type, value));
  return type === 'raw' ? { on: 'text', accepts, exact: [...known] } : { on: 'text', accepts };
}

// Members of a set are neither cut nor lower-cased, so capitals never match on a lower-casing field.
function setTest(values: readonly string[], type: TextType): ValueTest {
  return equalsTest(
    values.filter((value) => value !== '' || !isTokenised(type)),
    type,
  );
}

function tokensTest({ text, quote, slop, prefix }: TermNode['term'], type: TextType): ValueTest {
  const words = tokenize(type, text);
  const [first] = words;
  if (first === undefined || words.includes('')) return { on: 'tokens', accepts: () => false, exact: [] };
  if (prefix === true) return { on: 'tokens', accepts: (tokens) => holdsPhrasePrefix(tokens, words) };
  if (words.length === 1) return equalsTest([first], type);
  if (quote === 'single') {
    return { on: 'tokens', accepts: (tokens) => words.every((word) => tokens.includes(word)) };
  }
  if (slop === undefined) return { on: 'tokens', accepts: (tokens) => holdsPhrase(tokens, words) };
  return { on: 'tokens', accepts: (tokens) => holdsSloppyPhrase(tokens, words, slop) };
}

function rangeTest({ gte, gt, lte, lt }: RangeNode['range']): ValueTest {
  const accepts = (value: string): boolean =>
    (gte === undefined || compareCodePoints(value, gte) >= 0) &&
    (gt === undefined || compareCodePoints(value, gt) > 0) &&
    (lte === undefined || compareCodePoints(value, lte) <= 0) &&
    (lt === undefined || compareCodePoints(value, lt) < 0);
  return { on: 'text', accepts };
}

function patternTest(pattern: string, field: TextField, context: LeafContext): ValueTest {
  try {
    return partTest(field.type, compilePattern(pattern, { foldCase: isCaseFolded(field.type) }));
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw leafError(context, {
      kind: error.kind,
      problem:
        error.kind === 'bad_value'
          ? `the pattern ${quoteText(pattern)} has ${error.message}`
          : `the pattern ${quoteText(pattern)} needs what patterns do not have: ${error.message}`,
      suggestion: 'use characters, . [ ] ( ) | * + ? {n,m}, and \\ before any of them taken as text',
    });
  }
}
