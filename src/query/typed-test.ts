import type { BoundField } from './field.ts';
import { parseNumber } from './field.ts';
import { compileGlob, hasWildcard } from './glob.ts';
import { type Intervals, intervalOf, uniteIntervals } from './intervals.ts';
import { addressKey } from './ip-address.ts';
import { badValue, type LeafContext, leafError, unsupportedForm } from './leaf-context.ts';
import { isTimeWithoutSeconds, parseInstant } from './parse-instant.ts';
import { quoteText } from './query-error.ts';
import type { RangeNode, RegexNode, SetNode, TermNode } from './query-tree.ts';
import { isRelativeDate, parseRelativeDate, type Rounding } from './relative-date.ts';
import type { ValueTest } from './value-test.ts';

/** A leaf that asks for values. */
export type ValueNode = TermNode | RangeNode | SetNode | RegexNode;

/**
 * The test of a leaf on a field that is not text: the query's text is read as the field's type. Throws QueryError:
 * `bad_value` when it is none, `unsupported` for a form that the type does not have. Source: documented (Quickwit).
 */
export function typedTest(node: ValueNode, field: BoundField, context: LeafContext): ValueTest {
  if ('regex' in node) throw unsupportedForm(context, field, 'a pattern');
  if ('range' in node) return rangeTest(node.range, field, context);
  if ('set' in node) return valuesTest(node.set.values, field, context);
  const { text, quote, prefix } = node.term;
  if (prefix === true) throw unsupportedForm(context, field, 'a prefix');
  if (quote === 'none' && hasWildcard(text)) return wildcardTest(text, field, context);
  return valuesTest([text], field, context);
}

function wildcardTest(text: string, field: BoundField, context: LeafContext): ValueTest {
  if (field.type !== 'ip' || context.dialect !== 'docs') throw unsupportedForm(context, field, 'a wildcard');
  context.warnings.add(
    'dialect',
    `a wildcard on an address, ${quoteText(text)}, is understood in dialect docs only: Quickwit refuses it`,
    context.position,
  );
  return { on: 'text', accepts: compileGlob(text, { foldCase: false }).matches };
}

function valuesTest(texts: readonly string[], field: BoundField, context: LeafContext): ValueTest {
  if (field.type === 'date' || field.type === 'number') {
    return { on: 'number', intervals: uniteIntervals(texts.map((text) => pointOf(text, field, context))) };
  }
  const keys = texts.map((text) => keyOf(text, field, context));
  const known = new Set(keys);
  const accepts = (key: string): boolean => known.has(key);
  return { on: field.type === 'ip' ? 'address' : 'text', accepts, exact: keys };
}

function pointOf(text: string, field: BoundField, context: LeafContext): Intervals {
  const value = numberOf(text, { field, context, rounding: 'down' });
  if (field.type === 'number') return intervalOf({ gte: value, lte: value });
  const second = Math.floor(value / 1000) * 1000;
  return intervalOf({ gte: second, lt: second + 1000 });
}

function keyOf(text: string, field: BoundField, context: LeafContext): string {
  const key = field.type === 'ip' ? addressKey(text) : text === 'true' || text === 'false' ? text : undefined;
  if (key === undefined) throw badValue(context, field, text);
  return key;
}

function rangeTest(range: RangeNode['range'], field: BoundField, context: LeafContext): ValueTest {
  if (field.type === 'bool') throw unsupportedForm(context, field, 'a range');
  if (field.type === 'ip') return addressRangeTest(range, field, context);
  const end = (text: string | undefined, rounding: Rounding): number | undefined =>
    text === undefined ? undefined : numberOf(text, { field, context, rounding });
  const intervals = intervalOf({
    gte: end(range.gte, 'down'),
    gt: end(range.gt, 'up'),
    lte: end(range.lte, 'up'),
    lt: end(range.lt, 'down'),
  });
  return { on: 'number', intervals };
}

function addressRangeTest(range: RangeNode['range'], field: BoundField, context: LeafContext): ValueTest {
  const end = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : keyOf(text, field, context);
  const [gte, gt, lte, lt] = [end(range.gte), end(range.gt), end(range.lte), end(range.lt)];
  const accepts = (key: string): boolean =>
    (gte === undefined || key >= gte) &&
    (gt === undefined || key > gt) &&
    (lte === undefined || key <= lte) &&
    (lt === undefined || key < lt);
  return { on: 'address', accepts };
}

interface NumberRequest {
  readonly field: BoundField;
  readonly context: LeafContext;
  readonly rounding: Rounding;
}

function numberOf(text: string, { field, context, rounding }: NumberRequest): number {
  const value =
    field.type === 'date'
      ? dateOf(text, context, rounding)
      : (field.numberForm?.fromText ?? parseNumber)(text);
  if (value === undefined) throw badValue(context, field, text);
  return value;
}

function dateOf(text: string, context: LeafContext, rounding: Rounding): number | undefined {
  const isDocs = context.dialect === 'docs';
  if (!isRelativeDate(text)) {
    const value = parseInstant(text, { allowMinutes: isDocs });
    if (value !== undefined && isTimeWithoutSeconds(text)) warnOfDialect(text, context);
    return value;
  }
  if (!isDocs) {
    throw leafError(context, {
      kind: 'bad_value',
      problem: `${quoteText(text)} is date arithmetic, which the engine does not have`,
      expected: 'a date',
      suggestion: 'use dialect docs, or write the date itself',
    });
  }
  const { clock } = context;
  clock.isRead = true;
  if (clock.now === undefined) {
    throw leafError(context, {
      kind: 'bad_value',
      problem: `${quoteText(text)} needs a clock`,
      suggestion: 'pass the option now',
    });
  }
  warnOfDialect(text, context);
  return parseRelativeDate(text, { now: clock.now, rounding });
}

function warnOfDialect(text: string, context: LeafContext): void {
  context.warnings.add(
    'dialect',
    `the date ${quoteText(text)} is understood in dialect docs only: Quickwit refuses it`,
    context.position,
  );
}
