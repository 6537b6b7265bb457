import type { Faker } from '@faker-js/faker';
import type { Person, Resource } from './directory.ts';
import { createEntity, type Entity } from './entity.ts';
import { draw, fraction } from './hash.ts';
import { favouritesOf, personAddresses } from './places.ts';
import type { Scenario, ScenarioRole, ScenarioZone } from './scenario.ts';

interface Name {
  readonly name: string;
  readonly email: string;
}

/**
 * The people of every role, role by role. A person depends on the seed, the role and the number in it;
 * only an e-mail address already taken makes a person draw another name.
 */
export async function buildPeople(
  scenario: Scenario,
  seedKey: number,
  resources: readonly Resource[],
): Promise<readonly Person[]> {
  const nextName = await createNames(scenario.company.domain);
  const taken = new Set<string>();
  return scenario.roles.flatMap((role) =>
    Array.from({ length: role.people }, (_, number): Person => {
      const entity = createEntity(seedKey, `person ${role.name}`, number);
      const { name, email } = nextName(entity, taken);
      taken.add(email);
      const zoneNumber = zoneOf(scenario.zones, entity.unit('zone'));
      return {
        id: entity.typeId('user'),
        name,
        email,
        role: role.name,
        zone: scenario.zones[zoneNumber]?.name ?? '',
        groups: groupsOf(role, entity),
        externalIds: externalIdsOf(scenario, entity, email),
        addresses: personAddresses(entity, zoneNumber),
        favourites: favouritesOf(entity, role.reach, resources),
      };
    }),
  );
}

/** Loads one locale of faker and draws from it through the entity's own key, never from shared state. */
async function createNames(domain: string): Promise<(entity: Entity, taken: ReadonlySet<string>) => Name> {
  const { faker: shared } = await import('@faker-js/faker/locale/en');
  // The locale file exports an instance but not its class; the instance's constructor is that class.
  const FakerOfLocale = shared.constructor as typeof Faker;
  let key = 0;
  let step = 0;
  const next = (): number => fraction(draw(key, Math.imul(++step, 0x9e3779b1)));
  const faker = new FakerOfLocale({
    locale: shared.rawDefinitions,
    randomizer: { next, seed: () => undefined },
  });
  return (entity, taken) => {
    key = entity.key;
    step = 0;
    for (;;) {
      const first = faker.person.firstName();
      const last = faker.person.lastName();
      const email = `${slug(first)}.${slug(last)}@${domain}`;
      if (!taken.has(email)) return { name: `${first} ${last}`, email };
    }
  };
}

function slug(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}

function zoneOf(zones: readonly ScenarioZone[], at: number): number {
  const total = zones.reduce((sum, zone) => sum + zone.share, 0);
  let left = at * total;
  const found = zones.findIndex((zone) => {
    left -= zone.share;
    return left < 0;
  });
  return Math.max(0, found);
}

function groupsOf(role: ScenarioRole, entity: Entity): readonly string[] {
  const [main, ...others] = role.groups;
  if (main === undefined) return [];
  return [main, ...others.filter((group) => entity.unit(`group ${group}`) < 0.4).slice(0, 2)];
}

function externalIdsOf(scenario: Scenario, entity: Entity, email: string): readonly string[] {
  if (entity.unit('external ids') >= scenario.shares.externalIds) return [];
  const number = String(100 + entity.int('external number', 900));
  const kind = entity.unit('external kind');
  if (kind < 0.6) return [number];
  return kind < 0.85 ? [email] : [number, email];
}
