import type { Code } from '../connect/code.ts';
import type { SortExamples } from '../query/sort-spelling.ts';

/**
 * What nobody outside Formal knows about ListSessionsV2, one named setting each. A learnt profile may
 * override any of them; the README's fidelity table lists them.
 */
export interface SessionsSettings {
  /** Query language: `docs` also takes what Formal's pages print. Source: assumed. */
  readonly dialect: 'docs' | 'quickwit';
  /** A field name nobody knows matches nothing (`empty`) or is refused (`error`). Source: assumed. */
  readonly unknownField: 'empty' | 'error';
  /** Names of fields besides the usual ones, each with the path it stands for. Source: assumed. */
  readonly extraFields: Readonly<Record<string, string>>;
  /** Usual names of fields that are not known here. Source: assumed. */
  readonly unknownNames: readonly string[];
  /** Code of a query that cannot be parsed. Source: assumed. */
  readonly brokenQueryCode: Code;
  /** What joins clauses without an operator. Source: assumed. */
  readonly defaultOperator: 'AND' | 'OR';
  /** How sortBy is spelled, by example; absent: with Quickwit's signs. Source: assumed. */
  readonly sortExamples?: SortExamples;
  /** What a sortBy that cannot be read gets: a refusal, or the default order. Source: assumed. */
  readonly unknownSort: 'error' | 'ignored';
  /** The order without sortBy. Source: seen. */
  readonly defaultOrder: 'newest first' | 'oldest first';
  /** Whether a session that starts exactly at startTimestamp is in the window. Source: assumed. */
  readonly windowStart: 'inclusive' | 'exclusive';
  /** Whether a session that starts exactly at endTimestamp is in the window. Source: assumed. */
  readonly windowEnd: 'inclusive' | 'exclusive';
  /** What a window that ends before it starts gives. Source: assumed. */
  readonly invertedWindow: 'empty' | 'error';
  /** What a time that cannot be read gets: a refusal, a window without that end, or nothing. Source: assumed. */
  readonly malformedTime: 'error' | 'ignored' | 'empty';
  /** What `count` counts: the sessions of the page, or all that the walk would give. Source: documented (page). */
  readonly count: 'page' | 'total' | 'absent';
  /** Whether `before` and `after` hold the ids of the page's first and last session. Source: assumed. */
  readonly pageEdges: 'ids' | 'absent';
  /** What a cursor gets that comes with another query, sort or window. Source: assumed. */
  readonly foreignCursor: 'error' | 'accepted';
  /** Whether a full page behind which nothing follows has a cursor all the same. Source: assumed. */
  readonly lastFullPageCursor: 'absent' | 'present';
}

/** The settings of the default mode. Source: assumed. */
export const DEFAULT_SETTINGS: SessionsSettings = Object.freeze({
  dialect: 'docs',
  unknownField: 'empty',
  extraFields: Object.freeze({}),
  unknownNames: Object.freeze([]),
  brokenQueryCode: 'invalid_argument',
  defaultOperator: 'AND',
  unknownSort: 'error',
  defaultOrder: 'newest first',
  windowStart: 'inclusive',
  windowEnd: 'exclusive',
  invertedWindow: 'empty',
  malformedTime: 'error',
  count: 'page',
  pageEdges: 'ids',
  foreignCursor: 'error',
  lastFullPageCursor: 'absent',
});

/** The settings of `--strict`: the engine's own dialect, all else as in the default mode. Source: assumed. */
export const STRICT_SETTINGS: SessionsSettings = Object.freeze({ ...DEFAULT_SETTINGS, dialect: 'quickwit' });
