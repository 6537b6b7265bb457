/**
 * How a member takes part in its group: `+` required, `-` excluded, `?` optional, empty: no operator was
 * written and the default operator decides. Source: documented (Quickwit query language).
 */
export type Occur = '+' | '-' | '?' | '';

/** The quotes a text was written in; they change how it is matched. */
export type QuoteStyle = 'none' | 'single' | 'double';

/** A word or a quoted text. */
export interface TermNode {
  readonly term: {
    /** Name as written, null when the default fields are meant. */
    readonly field: string | null;
    readonly text: string;
    readonly quote: QuoteStyle;
    /** Distance allowed between the words of a phrase, above 0. */
    readonly slop?: number;
    /** The last word is only a beginning. */
    readonly prefix?: true;
  };
}

/** The ends of a range as written; a missing end is open. At most one of each pair is present. */
export interface RangeEnds {
  readonly gte?: string;
  readonly gt?: string;
  readonly lte?: string;
  readonly lt?: string;
}

/** A range of values. */
export interface RangeNode {
  readonly range: { readonly field: string | null } & RangeEnds;
}

/** Any of several values. */
export interface SetNode {
  readonly set: { readonly field: string | null; readonly values: readonly string[] };
}

/** A pattern between slashes. */
export interface RegexNode {
  readonly regex: { readonly field: string | null; readonly pattern: string };
}

/** A field that has a value. */
export interface ExistsNode {
  readonly exists: string;
}

/** A run of clauses. */
export interface GroupNode {
  readonly bool: readonly GroupMember[];
}

/** One member of a group. */
export type GroupMember = readonly [occur: Occur, node: QueryNode];

/** A node whose rank would count more; what it matches is unchanged. */
export interface BoostNode {
  readonly boost: number;
  readonly of: QueryNode;
}

/** What a query says, in the notation of `fixtures/query-cases.json`. */
export type QueryNode =
  | { readonly empty: true }
  | { readonly all: true }
  | TermNode
  | ExistsNode
  | RangeNode
  | SetNode
  | RegexNode
  | BoostNode
  | GroupNode;

/** Where each node begins in its text: offsets in UTF-16 units. */
export type NodePositions = ReadonlyMap<QueryNode, number>;
