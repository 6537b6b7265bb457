import { KitError } from '../errors.ts';
import { createZoneOffset } from './daylight.ts';
import { DESKTOP_TECHNOLOGIES, type Directory } from './directory.ts';
import { deriveKey, hashText } from './hash.ts';
import type { Scenario } from './scenario.ts';

/**
 * The directory by number. Users count from 1 through people, machines and natives; resources, connectors,
 * sidecars and addresses count from 1 as well; 0 is always "absent".
 */
export interface Cast {
  readonly directory: Directory;
  readonly users: readonly CastUser[];
  readonly userCodes: ReadonlyMap<string, number>;
  readonly resourceCodes: ReadonlyMap<string, number>;
  /** By resource: its space's connector, 0 for desktop technologies. */
  readonly connectorOfResource: Uint16Array;
  /** By resource: its address in {@link Cast.serverAddresses}. */
  readonly serverOfResource: Uint16Array;
  /** By resource: the sidecar of its technology. */
  readonly sidecarOfResource: Uint16Array;
  readonly clientAddresses: readonly string[];
  readonly serverAddresses: readonly string[];
  /** Numbers in {@link Cast.clientAddresses} of those who never log in. */
  readonly strangers: Uint16Array;
  /** Numbers of addresses in a network nobody else is ever seen in; none without incidents. */
  readonly intruders: Uint16Array;
}

/** What rows need to know of a user. */
export interface CastUser {
  /** Whether sessions of this user can have an end user (natives cannot). */
  readonly isFormal: boolean;
  /** Whether the user changes sites from day to day. */
  readonly isPerson: boolean;
  readonly key: number;
  readonly addresses: Uint16Array;
  /** Local time of a person minus UTC, standard time, in ms. */
  readonly offsetMs: number;
}

const MAX_ENTRIES = 16_000;
/** A range reserved for documentation from which the directory gives no address. */
const INTRUDERS: readonly string[] = Array.from({ length: 254 }, (_, host) => `198.51.100.${host + 1}`);

const NOBODY: CastUser = {
  isFormal: false,
  isPerson: false,
  key: 0,
  addresses: new Uint16Array(0),
  offsetMs: 0,
};

/**
 * Numbers a directory. Throws KitError `ERR_SCENARIO_INVALID` when the directory was built for another
 * scenario or another version of its data.
 */
export function createCast(scenario: Scenario, directory: Directory): Cast {
  if (directory.scenario !== scenario.name || directory.dataVersion !== scenario.dataVersion) {
    const reason = `the directory is of ${directory.scenario}, data version ${directory.dataVersion}`;
    throw new KitError('ERR_SCENARIO_INVALID', { name: scenario.name, reason });
  }
  assertNumbersFit(directory);
  const clients = createNumbering();
  const servers = createNumbering();
  const connectors = new Map(directory.connectors.map(({ space }, i) => [space, i + 1]));
  const sidecars = new Map(directory.sidecars.map(({ technology }, i) => [technology, i + 1]));
  const { resources } = directory;
  return {
    directory,
    users: numberUsers(scenario, directory, clients),
    userCodes: new Map(userNames(directory).map((name, i) => [name, i + 1])),
    resourceCodes: new Map(resources.map(({ name }, i) => [name, i + 1])),
    connectorOfResource: columnOf(resources, ({ technology, space }) =>
      DESKTOP_TECHNOLOGIES.includes(technology) ? 0 : (connectors.get(space) ?? 0),
    ),
    serverOfResource: columnOf(resources, ({ address }) => servers.numberOf(address)),
    sidecarOfResource: columnOf(resources, ({ technology }) => sidecars.get(technology) ?? 0),
    strangers: Uint16Array.from(directory.strangers, clients.numberOf),
    intruders: Uint16Array.from(scenario.incidents.length > 0 ? INTRUDERS : [], clients.numberOf),
    clientAddresses: clients.values,
    serverAddresses: servers.values,
  };
}

/** Numbers have 16 bits; nobody has more than 4 addresses. */
function assertNumbersFit({ scenario, people, machines, natives, resources }: Directory): void {
  const users = people.length + machines.length + natives.length;
  if (users <= MAX_ENTRIES && resources.length <= MAX_ENTRIES) return;
  const reason = `${users} users and ${resources.length} resources: at most ${MAX_ENTRIES} of each`;
  throw new KitError('ERR_SCENARIO_INVALID', { name: scenario, reason });
}

/** The name under which scenarios and {@link Cast.userCodes} know each user: e-mail, machine or user name. */
function userNames({ people, machines, natives }: Directory): readonly string[] {
  return [
    ...people.map(({ email }) => email),
    ...machines.map(({ name }) => name),
    ...natives.map(({ username }) => username),
  ];
}

function numberUsers(scenario: Scenario, directory: Directory, clients: Numbering): readonly CastUser[] {
  const site = hashText('site');
  // A day's site may ignore daylight saving: only the hour at which a day turns would move.
  const offsets = new Map(
    scenario.zones.map((zone) => [zone.name, createZoneOffset({ ...zone, daylight: 'none' })(0)]),
  );
  const numbered = (addresses: readonly string[]): Uint16Array =>
    Uint16Array.from(addresses, clients.numberOf);
  return [
    NOBODY,
    ...directory.people.map(({ id, zone, addresses }) => ({
      isFormal: true,
      isPerson: true,
      key: deriveKey(site, hashText(id)),
      addresses: numbered(addresses),
      offsetMs: offsets.get(zone) ?? 0,
    })),
    ...directory.machines.map(({ addresses }) => ({
      ...NOBODY,
      isFormal: true,
      addresses: numbered(addresses),
    })),
    ...directory.natives.map(({ addresses }) => ({ ...NOBODY, addresses: numbered(addresses) })),
  ];
}

interface Numbering {
  readonly values: readonly string[];
  /** The number of a value, a new one on first sight; 0 for `""`. */
  readonly numberOf: (value: string) => number;
}

function createNumbering(): Numbering {
  const values = [''];
  const numbers = new Map([['', 0]]);
  const numberOf = (value: string): number => {
    const known = numbers.get(value);
    if (known !== undefined) return known;
    numbers.set(value, values.length);
    return values.push(value) - 1;
  };
  return { values, numberOf };
}

function columnOf<T>(values: readonly T[], numberOf: (value: T) => number): Uint16Array {
  return Uint16Array.from([0, ...values.map(numberOf)]);
}
