// Generated from openapi.yaml by test/openapi/types-of-document.ts; do not edit.
// After a change of the document: npx vitest run test/openapi/types.test.ts --update

/**
 * What to list. Every field is optional on the wire and has implicit presence: absent, `null` and the zero
 * value are one case. Unknown fields are ignored, so the message is open. The constraints are those of the
 * canonical form; on the way in `"2"`, `2.0` and `2e0` are also the number 2, and snake_case names are
 * accepted (a field given twice is a 400). Source: documented, reading rules measured.
 */
export interface ListSessionsV2Request {
  /**
   * Most sessions on one page. Prose says 1..100; schema and SDK say 1..100000, which is followed. Absent
   * is refused by the generated validation (measured), while the documented sample has no limit and gets a
   * 200; the default of 100 is therefore assumed, and a server that validates strictly has none.
   * Source: documented.
   */
  readonly limit?: number;
  /** Filter in the Quickwit query language; absent or empty selects everything. Source: documented. */
  readonly query?: string;
  /**
   * Order of the whole result: `field`, `-field` or `+field`. Newest first where absent. The syntax is not
   * documented; it is Quickwit's, assumed. Source: documented (the field).
   */
  readonly sortBy?: string;
  /**
   * Earliest start of a session, inclusive (assumed). RFC 3339 with any offset (assumed: the format is not
   * documented). Source: documented (the field).
   */
  readonly startTimestamp?: string;
  /**
   * Latest start of a session, exclusive (assumed). Forms as `startTimestamp`. Source: documented (the
   * field).
   */
  readonly endTimestamp?: string;
  /** Opaque position, `listMetadata.nextCursor` of the page before. Source: documented. */
  readonly cursor?: string;
}

/** One page of sessions. Source: documented. */
export interface ListSessionsV2Response {
  /** At most `limit` sessions in the order asked for; absent on an empty page. Source: documented. */
  readonly sessions?: readonly SessionObject[];
  /** Where this page lies. `{}` on an empty page. Source: documented, empty form measured. */
  readonly listMetadata?: ListMetadata;
}

/** Where a page lies; field number 3 does not exist. Source: documented. */
export interface ListMetadata {
  /** Id of the last session of this page: the next page comes after it (assumed). Source: documented (the field). */
  readonly after?: string;
  /** Id of the first session of this page: the page before ends before it (assumed). Source: documented (the field). */
  readonly before?: string;
  /** Number of sessions on this page; absent where it is 0. Source: documented. */
  readonly count?: number;
  /** Cursor of the next page; absent on the last one (assumed). Source: documented (the field). */
  readonly nextCursor?: string;
}

/**
 * One connection of a person or a machine, through a connector, to a resource. Proto3 JSON omits what is not
 * set, so no property is required. Source: documented.
 */
export interface SessionObject {
  /**
   * TypeID: `session_` and 26 base32 characters of a UUIDv7 whose time is `startTime` to the millisecond
   * (seen; older ones are UUIDs). Source: documented (the field).
   */
  readonly id?: string;
  /** When the connection began. Source: documented. */
  readonly startTime?: GoogleProtobufTimestamp;
  /** When it ended; absent while active or idle (assumed). Source: documented (the field). */
  readonly endTime?: GoogleProtobufTimestamp;
  /**
   * `endTime` minus `startTime`; absent while active or idle (assumed). The OpenAPI file says
   * `format: duration`; the wire writes protobuf's form. Source: documented (the field).
   */
  readonly duration?: GoogleProtobufDuration;
  /**
   * `active` has not ended, `completed` has, `idle` is open and quiet (assumed). `idle` is newer than the
   * docs page and comes from the SDK. Source: documented.
   */
  readonly sessionStatus?: 'active' | 'completed' | 'idle';
  /** The two ends of the connection. Source: documented. */
  readonly network?: SessionObjectNetwork;
  /** The legacy proxy it went through; rare (seen). Source: documented. */
  readonly sidecar?: SessionObjectSidecar;
  /** Who connected; absent before a login succeeded (assumed). Source: documented. */
  readonly user?: SessionObjectUser;
  /** What was connected to. Source: documented. */
  readonly resource?: SessionObjectResource;
  /** What it went through; absent for llm and desktop-mcp sessions (seen). Source: documented. */
  readonly connector?: SessionObjectConnector;
  /**
   * Id of the session this one belongs to (meaning assumed). Newer than the docs page; from the SDK.
   * Source: documented (the field).
   */
  readonly parentSessionId?: string;
}

/** Addresses of the two ends. Source: documented. */
export interface SessionObjectNetwork {
  /** Where the client connected from, IPv4 or IPv6. Source: documented, forms seen. */
  readonly clientIpAddress?: string;
  /** Address of the resource, IPv4 or IPv6. Source: documented, forms seen. */
  readonly serverIpAddress?: string;
}

/** The legacy proxy in front of one resource; about 0.4 % of rows (seen). Source: documented. */
export interface SessionObjectSidecar {
  /** Id of the sidecar (TypeID assumed). Source: documented. */
  readonly id?: string;
  /** Name given by the operator. Source: documented. */
  readonly name?: string;
  /** Technology it fronts; values as `SessionObject.Resource.technology`. Source: documented. */
  readonly technology?: string;
}

/** The identity behind a session, `formal` or `native`. Source: documented. */
export interface SessionObjectUser {
  /** Whose user it is, Formal's or the resource's own. Source: documented. */
  readonly type?: 'formal' | 'native';
  /**
   * `idp:formal:human:EMAIL`, `idp:formal:machine:NAME`, or the native user's name (seen).
   * Source: documented (the field).
   */
  readonly username?: string;
  /** Set where `type` is `formal`. Source: documented. */
  readonly formal?: SessionObjectUserFormal;
  /** Set where `type` is `native`. Source: documented. */
  readonly native?: SessionObjectUserNative;
}

/** A user of Formal and whom they acted for. Source: documented. */
export interface SessionObjectUserFormal {
  /** The user that connected. Source: documented. */
  readonly user?: SessionObjectUserFormalUserInfo;
  /**
   * The person behind a BI tool that propagates identity; equals `user` otherwise (seen).
   * Source: documented (the field).
   */
  readonly endUser?: SessionObjectUserFormalUserInfo;
}

/** One person or machine of the directory. Source: documented. */
export interface SessionObjectUserFormalUserInfo {
  /** Id of the user (TypeID assumed). Source: documented. */
  readonly id?: string;
  /** Display name. Source: documented. */
  readonly name?: string;
  /**
   * Mail address; machines have none (seen). No `format`: whatever an identity provider sends arrives here.
   * Source: documented.
   */
  readonly email?: string;
  /** A person or a service. Source: documented. */
  readonly type?: 'human' | 'machine';
  /** Names of groups, not ids (seen). Source: documented. */
  readonly groups?: readonly string[];
  /** Ids of the same user in other systems (seen). Source: documented. */
  readonly externalIds?: readonly string[];
}

/** A user of the resource itself; about 1 % of rows (seen). Source: documented. */
export interface SessionObjectUserNative {
  /** Name in the resource. Source: documented. */
  readonly username?: string;
}

/** What was connected to. Source: documented. */
export interface SessionObjectResource {
  /** Kind of resource, one of aws, datastore, instance. Source: documented. */
  readonly type?: 'datastore' | 'instance' | 'aws';
  /** Id of the resource, a TypeID; older ones begin with `datastore_` (seen). Source: documented. */
  readonly id?: string;
  /** Name given by the operator. Source: documented. */
  readonly name?: string;
  /** What is spoken with it. An open list: new technologies appear with new versions. Source: documented. */
  readonly technology?: string;
}

/** The component that reaches the resources of one space. Source: documented. */
export interface SessionObjectConnector {
  /** Id of the connector, a TypeID (seen). Source: documented. */
  readonly id?: string;
  /** Lower-case letters, digits and hyphens (seen). Source: documented. */
  readonly name?: string;
}

/**
 * An instant as proto3 JSON writes it: RFC 3339 in UTC, capital `T` and `Z`, years 0001 to 9999, no leap
 * second, and 0, 3, 6 or 9 fraction digits (a whole second has none). Source: measured.
 */
export type GoogleProtobufTimestamp = string;

/**
 * A span as proto3 JSON writes it: seconds with 0, 3, 6 or 9 fraction digits and an `s`, at most
 * 315576000000 seconds either way. Source: measured.
 */
export type GoogleProtobufDuration = string;

/**
 * Every error of a Connect unary method, whatever the request's encoding. Empty members are omitted. The
 * OpenAPI file has other codes and an object for `details`; this is what the wire carries. Source: measured.
 */
export interface ConnectError {
  /** What kind of error; decides the HTTP status. Source: measured. */
  readonly code: 'canceled' | 'unknown' | 'invalid_argument' | 'deadline_exceeded' | 'not_found' | 'already_exists' | 'permission_denied' | 'resource_exhausted' | 'failed_precondition' | 'aborted' | 'out_of_range' | 'unimplemented' | 'internal' | 'unavailable' | 'data_loss' | 'unauthenticated';
  /** For people; never to be matched by programs. Source: measured. */
  readonly message?: string;
  /** Typed details, one protobuf message each. Source: measured. */
  readonly details?: readonly ConnectErrorDetail[];
}

/** One protobuf message, packed. Source: measured. */
export interface ConnectErrorDetail {
  /** Full name of the message, without a `type.googleapis.com/` prefix. Source: measured. */
  readonly type: string;
  /** The binary message in standard base64, unpadded as connect-go writes it. Source: measured. */
  readonly value: string;
  /**
   * The message in proto3 JSON, for people; any JSON value, may be missing. For
   * `buf.validate.Violations` see that schema. Source: measured.
   */
  readonly debug?: unknown;
}

/** The `debug` of a detail of this type, all broken rules at once. Source: measured. */
export interface BufValidateViolations {
  /** One entry for each broken rule. Source: measured. */
  readonly violations?: readonly BufValidateViolation[];
}

/** One broken rule. Source: measured. */
export interface BufValidateViolation {
  /** Where in the request. Source: measured. */
  readonly field?: BufValidateFieldPath;
  /** Which rule, as a path in `buf.validate.FieldRules`. Source: measured. */
  readonly rule?: BufValidateFieldPath;
  /** Stable name of the rule. Source: measured. */
  readonly ruleId?: string;
  /** For people. Source: measured. */
  readonly message?: string;
  /** True where a map's key broke the rule. Source: documented (protovalidate). */
  readonly forKey?: boolean;
}

/** A path through a protobuf message. Source: measured. */
export interface BufValidateFieldPath {
  /** From the outside in. Source: measured. */
  readonly elements?: readonly BufValidateFieldPathElement[];
}

/** One step of the path. Source: measured. */
export interface BufValidateFieldPathElement {
  /** Number of the field. Source: measured. */
  readonly fieldNumber?: number;
  /** Proto name of the field. Source: measured. */
  readonly fieldName?: string;
  /** Type of the field, in protobuf's descriptor names. Source: measured. */
  readonly fieldType?: string;
  /** Position in a repeated field; a uint64, so a JSON string. Source: documented (protovalidate). */
  readonly index?: string;
}

/** Bodies of each operation by operationId, as JSON. */
export interface Operations {
  /** List sessions by Connect GET */
  readonly ListSessionsV2Get: {
    readonly request: undefined;
    readonly responses: { readonly '200': ListSessionsV2Response; readonly '400': ConnectError; readonly '401': ConnectError; readonly '403': ConnectError; readonly '404': ConnectError; readonly '405': undefined; readonly '415': undefined; readonly '429': ConnectError; readonly '500': ConnectError; readonly '501': ConnectError; readonly '503': ConnectError; readonly '504': ConnectError; readonly default: ConnectError; };
  };
  /** List sessions */
  readonly ListSessionsV2: {
    readonly request: ListSessionsV2Request;
    readonly responses: { readonly '200': ListSessionsV2Response; readonly '400': ConnectError; readonly '401': ConnectError; readonly '403': ConnectError; readonly '404': ConnectError; readonly '405': undefined; readonly '415': undefined; readonly '429': ConnectError; readonly '500': ConnectError; readonly '501': ConnectError; readonly '503': ConnectError; readonly '504': ConnectError; readonly default: ConnectError; };
  };
}
