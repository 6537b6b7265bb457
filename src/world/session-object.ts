/**
 * One person or machine as the directory knows it.
 * Source: documented (`SessionObject.User.Formal.UserInfo`).
 */
export interface UserInfo {
  readonly id?: string;
  readonly name?: string;
  /** Lower case; machines have none. */
  readonly email?: string;
  /** `human` or `machine`. */
  readonly type?: string;
  /** Names of groups, not ids. */
  readonly groups?: readonly string[];
  /** Ids of other systems, e.g. `"147"`. */
  readonly externalIds?: readonly string[];
}

/** The identity behind a session. Source: documented (`SessionObject.User`). */
export interface SessionUser {
  /** `formal` or `native`. */
  readonly type?: string;
  /** `idp:formal:human:EMAIL`, `idp:formal:machine:NAME`, or the native user's name. */
  readonly username?: string;
  readonly formal?: { readonly user?: UserInfo; readonly endUser?: UserInfo };
  readonly native?: { readonly username?: string };
}

/** What was connected to. Source: documented (`SessionObject.Resource`). */
export interface SessionResource {
  /** `datastore`, `instance` or `aws`. */
  readonly type?: string;
  readonly id?: string;
  readonly name?: string;
  readonly technology?: string;
}

/**
 * One session in the JSON form of the wire: lowerCamelCase, unpopulated fields absent, keys in the order below.
 * Source: documented (`SessionObject`; `parentSessionId` and status `idle` from the SDK).
 */
export interface SessionObject {
  /** TypeID: `session_` + 26 base32 characters of a UUIDv7 whose time is `startTime`. */
  readonly id?: string;
  /** RFC 3339, `Z`, 0, 3, 6 or 9 fraction digits. */
  readonly startTime?: string;
  readonly endTime?: string;
  /** Protobuf Duration: `31s`, `4.262s`. */
  readonly duration?: string;
  /** `active`, `completed` or `idle`. */
  readonly sessionStatus?: string;
  readonly network?: { readonly clientIpAddress?: string; readonly serverIpAddress?: string };
  readonly sidecar?: { readonly id?: string; readonly name?: string; readonly technology?: string };
  readonly user?: SessionUser;
  readonly resource?: SessionResource;
  readonly connector?: { readonly id?: string; readonly name?: string };
  readonly parentSessionId?: string;
}
