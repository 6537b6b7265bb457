/**
 * What nobody outside Formal knows about ListSessionsV2, one named setting each. A learnt profile may
 * override any of them; the README's fidelity table lists them.
 */
export interface SessionsSettings {
  /** Query language: `docs` also takes what Formal's pages print. Source: assumed. */
  readonly dialect: 'docs' | 'quickwit';
  /** A field name nobody knows matches nothing (`empty`) or is refused (`error`). Source: assumed. */
  readonly unknownField: 'empty' | 'error';
  /** What joins clauses without an operator. Source: assumed. */
  readonly defaultOperator: 'AND' | 'OR';
  /** Whether a session that starts exactly at startTimestamp is in the window. Source: assumed. */
  readonly windowStart: 'inclusive' | 'exclusive';
  /** Whether a session that starts exactly at endTimestamp is in the window. Source: assumed. */
  readonly windowEnd: 'inclusive' | 'exclusive';
  /** What a window that ends before it starts gives. Source: assumed. */
  readonly invertedWindow: 'empty' | 'error';
}

/** The settings of the default mode. Source: assumed. */
export const DEFAULT_SETTINGS: SessionsSettings = Object.freeze({
  dialect: 'docs',
  unknownField: 'empty',
  defaultOperator: 'AND',
  windowStart: 'inclusive',
  windowEnd: 'exclusive',
  invertedWindow: 'empty',
});

/** The settings of `--strict`: the engine's own dialect, all else as in the default mode. Source: assumed. */
export const STRICT_SETTINGS: SessionsSettings = Object.freeze({ ...DEFAULT_SETTINGS, dialect: 'quickwit' });
