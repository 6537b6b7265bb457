import { describe, expect, it } from 'vitest';
import { readDirectory, readScenario, SCENARIO_NAMES } from '../../test/determinism/fixture-world.ts';
import { buildDirectory } from './build-directory.ts';
import type { Scenario } from './scenario.ts';

function withEngineers(scenario: Scenario, people: number): Scenario {
  return {
    ...scenario,
    roles: scenario.roles.map((role) => (role.name === 'engineer' ? { ...role, people } : role)),
  };
}

describe('buildDirectory', () => {
  it.each(SCENARIO_NAMES)('makes the committed directory of %s with seed 42', async (name) => {
    const built = await buildDirectory(readScenario(name), 42);
    expect(JSON.parse(JSON.stringify(built))).toEqual(readDirectory(name));
  });

  it('only appends when a role grows', async () => {
    const startup = readScenario('startup');
    const small = await buildDirectory(startup, 7);
    const grown = await buildDirectory(withEngineers(startup, 12), 7);
    const added = grown.people.filter(({ id }) => !small.people.some((person) => person.id === id));
    expect(added).toHaveLength(4);
    expect(grown.people.filter((person) => !added.includes(person))).toEqual(small.people);
    expect({ ...grown, people: [] }).toEqual({ ...small, people: [] });
  });

  it('gives other people to another seed, the same to the same number as text', async () => {
    const startup = readScenario('startup');
    const [seven, text, eight] = await Promise.all([7, '7', 8].map((seed) => buildDirectory(startup, seed)));
    expect(text).toEqual(seven);
    expect(eight?.people.map(({ name }) => name)).not.toEqual(seven?.people.map(({ name }) => name));
  });

  it.each([
    [
      { resources: [{ technology: 'ssh', names: ['a'], spaces: ['moon'] }] },
      'resource a is in the unknown space moon',
    ],
    [
      {
        resources: [
          { technology: 'ssh', names: ['a'], spaces: ['production'] },
          { technology: 'rdp', names: ['a'], spaces: ['staging'] },
        ],
      },
      'two resources are named a',
    ],
    [{ natives: ['metabase'] }, 'two machines or native users are named metabase'],
  ])('refuses %j', async (change, reason) => {
    const built = buildDirectory({ ...readScenario('startup'), ...change }, 42);
    await expect(built).rejects.toThrow(`scenario startup: ${reason}`);
  });

  it('leaves the shared instance of faker as it was', async () => {
    const { faker } = await import('@faker-js/faker/locale/en');
    faker.seed(1);
    const expected = faker.person.fullName();
    faker.seed(1);
    await buildDirectory(readScenario('startup'), 9);
    expect(faker.person.fullName()).toBe(expected);
  });
});

describe.each(SCENARIO_NAMES)('the directory of %s', (name) => {
  const directory = readDirectory(name);
  const scenario = readScenario(name);

  it('gives everybody an own id and a lower-case ASCII address first.last@company', () => {
    const emails = directory.people.map(({ email }) => email);
    for (const email of emails) expect(email).toMatch(/^[a-z]+\.[a-z]+@[a-z]+\.example$/);
    expect(new Set(emails).size).toBe(emails.length);
    const ids = [directory.people, directory.machines, directory.resources, directory.connectors]
      .flat()
      .map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids)
      expect(id).toMatch(/^(user|resource|datastore|connector)_[0-7][0-9a-hjkmnp-tv-z]{25}$/);
  });

  it('has the people of every role, in 1 to 3 groups, with 1 to 8 favourites that exist', () => {
    const known = new Set(directory.resources.map((resource) => resource.name));
    for (const role of scenario.roles) {
      const people = directory.people.filter((person) => person.role === role.name);
      expect(people).toHaveLength(role.people);
      for (const { groups, favourites } of people) {
        expect(groups[0]).toBe(role.groups[0]);
        expect(groups.length).toBeLessThanOrEqual(3);
        expect(favourites.length).toBeGreaterThanOrEqual(3);
        expect(favourites.length).toBeLessThanOrEqual(8);
        expect(favourites.every((favourite) => known.has(favourite))).toBe(true);
      }
    }
  });

  it('has one connector for each space, named in [0-9a-z-]', () => {
    expect(directory.connectors.map(({ space }) => space)).toEqual(
      directory.spaces.map((space) => space.name),
    );
    const names = directory.connectors.map((connector) => connector.name);
    expect(new Set(names).size).toBe(names.length);
    for (const connector of names) expect(connector).toMatch(/^[0-9a-z-]+$/);
  });
});

it('gives external ids to about 35 % of people', () => {
  const { people } = readDirectory('stress');
  const share = people.filter(({ externalIds }) => externalIds.length > 0).length / people.length;
  expect(share).toBeGreaterThan(0.29);
  expect(share).toBeLessThan(0.41);
});
