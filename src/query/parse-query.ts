import { isDelimiter, isDigit, isSeparator } from './characters.ts';
import { type Clause, groupClauses } from './group-clauses.ts';
import { mergeSiblings } from './merge-siblings.ts';
import { parseLeaf, readFieldName } from './parse-leaf.ts';
import {
  afterSeparators,
  endOfNumber,
  located,
  nested,
  type ParserState,
  peek,
  skipSeparators,
  unexpected,
} from './parser-state.ts';
import { QueryError } from './query-error.ts';
import type { NodePositions, QueryNode } from './query-tree.ts';
import { refuseOrderBy } from './refuse-order-by.ts';
import { utf8Length } from './text-size.ts';

/**
 * Which texts are understood. `docs`: also what Formal's own pages print (relative dates, times without seconds,
 * wildcards on addresses). `quickwit`: exactly the engine. Source: assumed.
 */
export type QueryDialect = 'docs' | 'quickwit';

/** Options of {@link parseQuery}. */
export interface ParseOptions {
  /** Default `docs`. */
  readonly dialect?: QueryDialect;
  /** Accepted for symmetry with compileQuery; the tree keeps relative dates as text. */
  readonly now?: unknown;
}

/** Longest query in bytes of UTF-8. Source: assumed (Quickwit's body limit is 1 MiB). */
export const MAX_QUERY_BYTES = 65_536;

/** A tree, and where its nodes begin in the text. */
export interface ParsedQuery {
  readonly tree: QueryNode;
  readonly positions: NodePositions;
}

/**
 * Reads a query of the Quickwit 0.9 language into its tree, in linear time. Blank text gives `{ empty: true }`.
 * Throws QueryError of kind `syntax`: bad text, nesting deeper than 200, more than 64 KiB.
 * Source: measured (`fixtures/query-cases.json`).
 */
export function parseQuery(text: string, options: ParseOptions = {}): QueryNode {
  return parseQueryWithPositions(text, options).tree;
}

/** {@link parseQuery}, with the offset of every node. */
export function parseQueryWithPositions(text: string, options: ParseOptions = {}): ParsedQuery {
  const bytes = utf8Length(text);
  if (bytes > MAX_QUERY_BYTES) {
    throw new QueryError({
      kind: 'syntax',
      problem: `the query is ${bytes} bytes long`,
      expected: `at most ${MAX_QUERY_BYTES} bytes`,
      suggestion: 'split it into several requests',
    });
  }
  const positions = new Map<QueryNode, number>();
  const state: ParserState = { text, at: 0, depth: 0, fieldFreeUntil: 0, positions };
  skipSeparators(state);
  if (state.at === text.length) return { tree: { empty: true }, positions };
  const parsed = parseExpression(state, null);
  if (state.at < text.length) throw unexpected(state, 'a blank or the end of the query');
  const tree = mergeSiblings(parsed, (from, to) => positions.set(to, positions.get(from) ?? 0));
  if ((options.dialect ?? 'docs') === 'docs') refuseOrderBy(tree, positions);
  return { tree, positions };
}

function parseExpression(state: ParserState, inherited: string | null): QueryNode {
  skipSeparators(state);
  const start = state.at;
  const clauses = [parseClause(state, null, inherited)];
  if (skipSeparators(state)) {
    while (state.at < state.text.length && peek(state) !== ')') {
      clauses.push(parseClause(state, readOperator(state), inherited));
      skipSeparators(state);
    }
  }
  const node = groupClauses(clauses);
  return state.positions.has(node) ? node : located(state, start, node);
}

function readOperator(state: ParserState): Clause['operator'] {
  for (const operator of ['AND', 'OR'] as const) {
    if (state.text.startsWith(`${operator} `, state.at)) {
      state.at += operator.length + 1;
      skipSeparators(state);
      return operator;
    }
  }
  return null;
}

function parseClause(state: ParserState, operator: Clause['operator'], inherited: string | null): Clause {
  const first = peek(state);
  const sign = first === '+' || first === '-' ? first : null;
  if (sign !== null) state.at += 1;
  return { operator, sign, node: parseBoosted(state, inherited) };
}

function parseBoosted(state: ParserState, inherited: string | null): QueryNode {
  const start = state.at;
  const node = parseUnit(state, inherited);
  if (peek(state) !== '^') return node;
  const end = endOfNumber(state.text, state.at + 1);
  if (end === state.at + 1) throw unexpected(state, 'a number after ^');
  const boost = Number(state.text.slice(state.at + 1, end));
  state.at = end;
  return boost === 1 ? node : located(state, start, { boost, of: node });
}

function parseUnit(state: ParserState, inherited: string | null): QueryNode {
  const start = state.at;
  if (peek(state) === '(') return parseBrackets(state, inherited);
  if (isMatchAll(state)) {
    state.at += 1;
    return located(state, start, inherited === null ? { all: true } : { exists: inherited });
  }
  if (isNegation(state)) {
    state.at = afterSeparators(state.text, start + 3);
    const inner = nested(state, () => parseUnit(state, inherited));
    return located(state, start, { bool: [['-', inner]] });
  }
  const own = readFieldName(state);
  if (own !== null && peek(state) === '(') return parseBrackets(state, own);
  return parseLeaf(state, { own, name: own ?? inherited }, start);
}

function isMatchAll(state: ParserState): boolean {
  if (peek(state) !== '*') return false;
  const next = state.text.charAt(state.at + 1);
  return next === '' || isSeparator(next) || isDelimiter(next);
}

/** `NOT` and blanks, unless no leaf can follow: then NOT is read as (part of) a field name, as in `NOT :x`. */
function isNegation(state: ParserState): boolean {
  const { text, at } = state;
  if (!text.startsWith('NOT', at)) return false;
  const after = afterSeparators(text, at + 3);
  if (after === at + 3) return false;
  const next = text.charAt(after);
  return next !== ':' && !(next === '-' && !isDigit(text.charAt(after + 1)));
}

function parseBrackets(state: ParserState, inherited: string | null): QueryNode {
  const open = state.at;
  state.at += 1;
  const node = nested(state, () => parseExpression(state, inherited));
  if (peek(state) !== ')') {
    const suggestion =
      state.at < state.text.length ? undefined : `the bracket at character ${open + 1} is not closed`;
    throw unexpected(state, 'a blank or )', suggestion);
  }
  state.at += 1;
  return node;
}
