type Reaction = 'accepted' | 'refused';
type Support = 'supported' | 'refused';
type Bound = 'inclusive' | 'exclusive';

/**
 * What a profile file says of a server; absent where nothing was observed. The form of the file is
 * `fixtures/contract/profile.schema.json`. Source: measured (by `formal-mock contract learn`, against that server).
 */
export interface ProfileFacts {
  /** What a request without limit gets: a number is the size of its page. */
  readonly limitAbsent?: Reaction | number;
  readonly limitZero?: Reaction | number;
  /** `sortBy` texts for oldest first and newest first. */
  readonly sortAscending?: string;
  readonly sortDescending?: string;
  readonly sortUnknown?: 'refused' | 'ignored';
  readonly defaultOrder?: 'newest first' | 'oldest first' | 'other';
  readonly windowStart?: Bound;
  readonly windowEnd?: Bound;
  readonly windowInverted?: 'refused' | 'empty';
  readonly timeMalformed?: 'refused' | 'ignored' | 'empty';
  readonly count?: 'page' | 'total' | 'other' | 'absent';
  readonly pageEdges?: 'first and last id' | 'absent' | 'other';
  /** Names the query language knows for three things. */
  readonly idField?: string;
  readonly statusField?: string;
  readonly technologyField?: string;
  /** Names of those things that were tried and are not known. */
  readonly unknownFields?: readonly string[];
  readonly defaultOperator?: 'AND' | 'OR';
  readonly queryUnknownField?: 'refused' | 'empty';
  /** Code of a query that cannot be parsed. */
  readonly queryBroken?: string;
  readonly cursorForeignQuery?: Reaction;
  readonly cursorOnLastPage?: 'absent' | 'present';
  readonly connectGet?: Support;
  readonly binary?: Support;
  readonly gzipRequest?: Support;
  readonly gzipResponse?: 'applied' | 'not applied';
  readonly bearer?: Reaction;
  /** `accepted`, or status and code: `501 unimplemented`, `415 without a code`. */
  readonly unknownEncoding?: string;
  readonly protocolVersion2?: string;
  readonly timeoutMalformed?: string;
  readonly duplicateKey?: Reaction;
  readonly byteOrderMark?: Reaction;
  readonly invalidUtf8?: Reaction;
  /** Answers to questions about the query language; not imitated. */
  readonly discovered?: Readonly<Record<string, string>>;
  /** Percentage of sessions that have a field; not imitated. */
  readonly presence?: Readonly<Record<string, number>>;
}
