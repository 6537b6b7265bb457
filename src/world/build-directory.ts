import { KitError } from '../errors.ts';
import type { Connector, Directory, Machine, NativeUser, Resource, Sidecar } from './directory.ts';
import { createEntity } from './entity.ts';
import { hashText } from './hash.ts';
import { buildPeople } from './people.ts';
import { favouritesOf, machineAddress, serverAddress, strangerAddress, typeOfTechnology } from './places.ts';
import type { Scenario, ScenarioSpace } from './scenario.ts';

const STRANGERS = 24;

/**
 * Builds everybody and everything of a scenario. Entry 7 of a list does not depend on entry 6, so a longer
 * list only appends. Loads one locale of faker; nothing else in the kit does. Throws KitError
 * `ERR_SCENARIO_INVALID` for a resource in an unknown space and for names given twice.
 */
export async function buildDirectory(scenario: Scenario, seed: number | string): Promise<Directory> {
  const seedKey = hashText(`${String(seed)} directory`);
  const twice = firstTwice(userNames(scenario));
  if (twice !== undefined) throw invalid(scenario, `two machines or native users are named ${twice}`);
  const resources = buildResources(scenario, seedKey);
  return {
    scenario: scenario.name,
    dataVersion: scenario.dataVersion,
    seed: String(seed),
    people: await buildPeople(scenario, seedKey, resources),
    machines: buildMachines(scenario, seedKey, resources),
    natives: buildNatives(scenario, seedKey),
    spaces: scenario.spaces,
    resources,
    connectors: scenario.spaces.map((space) => buildConnector(space, seedKey)),
    sidecars: buildSidecars(scenario, seedKey),
    strangers: Array.from({ length: STRANGERS }, (_, i) =>
      strangerAddress(createEntity(seedKey, 'stranger', i)),
    ),
  };
}

function buildResources(scenario: Scenario, seedKey: number): readonly Resource[] {
  const wanted = scenario.resources.flatMap(({ technology, names, spaces }) =>
    spaces.flatMap((space) =>
      names.map((name) => ({ name: spaces.length > 1 ? `${name}-${space}` : name, technology, space })),
    ),
  );
  const twice = firstTwice(wanted.map(({ name }) => name));
  if (twice !== undefined) throw invalid(scenario, `two resources are named ${twice}`);
  return wanted.map((resource) => buildResource(resource, scenario, seedKey));
}

function buildResource(
  { name, technology, space }: Pick<Resource, 'name' | 'technology' | 'space'>,
  scenario: Scenario,
  seedKey: number,
): Resource {
  const entity = createEntity(seedKey, `resource ${name}`, 0);
  const spaceNumber = scenario.spaces.findIndex((candidate) => candidate.name === space);
  if (spaceNumber < 0) throw invalid(scenario, `resource ${name} is in the unknown space ${space}`);
  return {
    id: entity.typeId(entity.unit('older id') < 0.15 ? 'datastore' : 'resource'),
    name,
    type: typeOfTechnology(technology),
    technology,
    space,
    address: serverAddress(entity, technology, spaceNumber),
  };
}

function buildMachines(
  scenario: Scenario,
  seedKey: number,
  resources: readonly Resource[],
): readonly Machine[] {
  return scenario.machines.map(({ name, groups, reach }) => {
    const entity = createEntity(seedKey, `machine ${name}`, 0);
    return {
      id: entity.typeId('user'),
      name,
      groups,
      addresses: [machineAddress(entity)],
      favourites: favouritesOf(entity, reach, resources),
    };
  });
}

function buildNatives(scenario: Scenario, seedKey: number): readonly NativeUser[] {
  return scenario.natives.map((username) => ({
    username,
    addresses: [machineAddress(createEntity(seedKey, `native ${username}`, 0))],
  }));
}

function buildConnector({ name, environment, region }: ScenarioSpace, seedKey: number): Connector {
  return {
    id: createEntity(seedKey, `connector ${name}`, 0).typeId('connector'),
    name: `${environment}-${region}`,
    space: name,
  };
}

function buildSidecars(scenario: Scenario, seedKey: number): readonly Sidecar[] {
  return scenario.sidecars.map(({ name, technology }) => ({
    id: createEntity(seedKey, `sidecar ${name}`, 0).typeId('sidecar'),
    name,
    technology,
  }));
}

function userNames({ machines, natives }: Scenario): readonly string[] {
  return [...machines.map(({ name }) => name), ...natives];
}

function firstTwice(names: readonly string[]): string | undefined {
  return names.find((name, i) => names.indexOf(name) !== i);
}

function invalid({ name }: Scenario, reason: string): KitError {
  return new KitError('ERR_SCENARIO_INVALID', { name, reason });
}
