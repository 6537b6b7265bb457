/**
 * What nobody documents and a run can observe. A fact that could not be observed is absent. A profile file holds
 * these, and `formal-mock serve --profile` imitates them.
 */
export interface ContractFacts {
  /** What an absent limit gets: `refused`, the size of its page, or `accepted` where one page held everything. */
  readonly limitAbsent?: 'refused' | 'accepted' | number;
  /** What limit 0 gets; the same as absent where the server is built from proto3. */
  readonly limitZero?: 'refused' | 'accepted' | number;
  /** `sortBy` texts for oldest first and newest first. */
  readonly sortAscending?: string;
  readonly sortDescending?: string;
  /** What an unknown sort key gets. */
  readonly sortUnknown?: 'refused' | 'ignored';
  /** Order without `sortBy`. */
  readonly defaultOrder?: 'newest first' | 'oldest first' | 'other';
  /** Whether a session that starts exactly at `startTimestamp` is in the window. */
  readonly windowStart?: 'inclusive' | 'exclusive';
  /** Whether a session that starts exactly at `endTimestamp` is in the window. */
  readonly windowEnd?: 'inclusive' | 'exclusive';
  /** What an inverted window gets. */
  readonly windowInverted?: 'refused' | 'empty';
  /** What a malformed time gets. */
  readonly timeMalformed?: 'refused' | 'ignored' | 'empty';
  /** What `listMetadata.count` counts. */
  readonly count?: 'page' | 'total' | 'other' | 'absent';
  /** What `after` and `before` hold. */
  readonly pageEdges?: 'first and last id' | 'absent' | 'other';
  /** Names the query language knows for three things. */
  readonly idField?: string;
  readonly statusField?: string;
  readonly technologyField?: string;
  /** Names of those things that were tried and are not known. */
  readonly unknownFields?: readonly string[];
  /** How two clauses without an operator combine. */
  readonly defaultOperator?: 'AND' | 'OR';
  /** What a field nobody knows gets. */
  readonly queryUnknownField?: 'refused' | 'empty';
  /** Code of a query that cannot be parsed. */
  readonly queryBroken?: string;
  /** What a cursor gets when it comes with another query. */
  readonly cursorForeignQuery?: 'refused' | 'accepted';
  /** Whether the last page, when it is exactly full, still has a cursor. */
  readonly cursorOnLastPage?: 'absent' | 'present';
  readonly connectGet?: 'supported' | 'refused';
  readonly binary?: 'supported' | 'refused';
  readonly gzipRequest?: 'supported' | 'refused';
  readonly gzipResponse?: 'applied' | 'not applied';
  readonly bearer?: 'accepted' | 'refused';
  /** `accepted`, or HTTP status and code, of requests the documents disagree about. */
  readonly unknownEncoding?: string;
  readonly protocolVersion2?: string;
  readonly timeoutMalformed?: string;
  readonly duplicateKey?: 'refused' | 'accepted';
  readonly byteOrderMark?: 'refused' | 'accepted';
  readonly invalidUtf8?: 'refused' | 'accepted';
  /** Answers to questions about the query language, by probe id; only with `--deep`. */
  readonly discovered?: Readonly<Record<string, string>>;
  /** Top-level fields of a session, each with the percentage of sessions that have it. */
  readonly presence?: Readonly<Record<string, number>>;
}

/** A profile file: the facts of one server. */
export interface ContractProfile {
  /** Version of this file's form. */
  readonly profileVersion: 1;
  /** Base URL it was learnt from. */
  readonly target: string;
  /** RFC 3339 instant of the run. */
  readonly learntAt: string;
  readonly facts: ContractFacts;
}
