import type { BoundField } from './field.ts';
import type { QueryDialect } from './parse-query.ts';
import { QueryError, type QueryErrorKind, quoteText } from './query-error.ts';
import type { WarningList } from './query-warning.ts';

/** What `now` means in a query, and whether anything asked. */
export interface Clock {
  /** Ms since 1970; undefined when there is no clock. */
  readonly now: number | undefined;
  isRead: boolean;
}

/** What is around a leaf while it is compiled. */
export interface LeafContext {
  readonly dialect: QueryDialect;
  readonly clock: Clock;
  /** Offset of the leaf in its text. */
  readonly position: number | undefined;
  readonly warnings: WarningList;
}

/** What is wrong with a leaf. */
export interface LeafProblem {
  readonly kind: QueryErrorKind;
  readonly problem: string;
  readonly expected?: string;
  readonly suggestion?: string;
}

/** The error for a leaf, with its place. */
export function leafError(context: LeafContext, problem: LeafProblem): QueryError {
  return new QueryError({ ...problem, position: context.position });
}

/** The error for a form that a field's type does not have. */
export function unsupportedForm(context: LeafContext, field: BoundField, form: string): QueryError {
  return leafError(context, {
    kind: 'unsupported',
    problem: `${form} cannot be used on ${field.path}, which is a ${field.type} field`,
    suggestion: field.type === 'bool' ? 'write true or false' : 'write a value, or a range [a TO b]',
  });
}

const FORMS: Readonly<Record<string, readonly [expected: string, suggestion: string]>> = {
  number: ['a number', 'write digits with an optional decimal point'],
  bool: ['true or false', 'write it in lower case'],
  ip: ['an IPv4 or IPv6 address', 'for a network write a range, [10.0.0.0 TO 10.0.0.255]'],
  date: ['a date', 'write it like 2024-01-15T09:00:00Z, in quotes outside a range'],
};

/** The error for a text that is not of a field's type. */
export function badValue(context: LeafContext, field: BoundField, text: string): QueryError {
  const [expected, suggestion] = FORMS[field.type] ?? ['a value', 'quote it'];
  return leafError(context, {
    kind: 'bad_value',
    problem: `${quoteText(text)} is not a value of ${field.path}`,
    expected,
    suggestion,
  });
}
