import type { ScenarioSpace } from './scenario.ts';

/** A person of the directory. */
export interface Person {
  /** TypeID `user_…`. Source: assumed (the prefix). */
  readonly id: string;
  readonly name: string;
  /** Lower-case ASCII, unique. */
  readonly email: string;
  /** Name of a role of the scenario. */
  readonly role: string;
  /** Name of a zone of the scenario. */
  readonly zone: string;
  readonly groups: readonly string[];
  /** Ids of other systems, empty for most. */
  readonly externalIds: readonly string[];
  /** Client addresses by site, the usual one first. */
  readonly addresses: readonly string[];
  /** Names of resources, the favourite first. */
  readonly favourites: readonly string[];
}

/** A machine user of the directory. */
export interface Machine {
  /** TypeID `user_…`. */
  readonly id: string;
  readonly name: string;
  readonly groups: readonly string[];
  readonly addresses: readonly string[];
  readonly favourites: readonly string[];
}

/** A user only the databases know. */
export interface NativeUser {
  readonly username: string;
  readonly addresses: readonly string[];
}

/** Something to connect to. */
export interface Resource {
  /** TypeID `resource_…`, or the older `datastore_…`. Source: seen. */
  readonly id: string;
  /** Unique. */
  readonly name: string;
  /** `datastore`, `instance` or `aws`. Source: documented. */
  readonly type: string;
  readonly technology: string;
  /** Name of a space. */
  readonly space: string;
  /** Server address, `""` where sessions show none. */
  readonly address: string;
}

/** The way into one space. */
export interface Connector {
  /** TypeID `connector_…`. Source: seen. */
  readonly id: string;
  /** `[0-9a-z-]+`. Source: seen. */
  readonly name: string;
  /** Name of the only space whose resources it reaches. */
  readonly space: string;
}

/** The connector's predecessor. */
export interface Sidecar {
  readonly id: string;
  readonly name: string;
  readonly technology: string;
}

/** Everybody and everything of a world, built once per scenario and seed; plain JSON. */
export interface Directory {
  /** Name of the scenario it was built for. */
  readonly scenario: string;
  readonly dataVersion: number;
  /** The seed as text. */
  readonly seed: string;
  readonly people: readonly Person[];
  readonly machines: readonly Machine[];
  readonly natives: readonly NativeUser[];
  readonly spaces: readonly ScenarioSpace[];
  readonly resources: readonly Resource[];
  readonly connectors: readonly Connector[];
  readonly sidecars: readonly Sidecar[];
  /** Addresses that knock without being anybody. */
  readonly strangers: readonly string[];
}

/** Technologies whose sessions have no connector and no server address. Source: seen (llm, desktop mcp). */
export const DESKTOP_TECHNOLOGIES: readonly string[] = ['llm', 'mcp'];
