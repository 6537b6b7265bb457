import { DESKTOP_TECHNOLOGIES, type Resource } from './directory.ts';
import { type Entity, shuffled } from './entity.ts';
import type { Reach } from './scenario.ts';

const TYPES: Readonly<Record<string, string>> = {
  ssh: 'instance',
  rdp: 'instance',
  kubernetes: 'instance',
  aws: 'aws',
  s3: 'aws',
  dynamodb: 'aws',
};

/** `resource.type` of a technology. Source: assumed (the three values are documented, the mapping is not). */
export function typeOfTechnology(technology: string): string {
  return TYPES[technology] ?? 'datastore';
}

/** A private address in the space's network, `""` for what runs on a desktop. */
export function serverAddress(entity: Entity, technology: string, spaceNumber: number): string {
  if (DESKTOP_TECHNOLOGIES.includes(technology)) return '';
  return `10.${20 + spaceNumber}.${entity.int('server net', 64)}.${4 + entity.int('server host', 250)}`;
}

/** A private address of a machine user or an application. */
export function machineAddress(entity: Entity): string {
  return `10.0.${entity.int('machine net', 256)}.${4 + entity.int('machine host', 250)}`;
}

/**
 * The addresses of a person: office (one per zone), home, VPN, and IPv6 at home for a fifth of people.
 * Public ones come from ranges reserved for documentation and benchmarks.
 */
export function personAddresses(entity: Entity, zoneNumber: number): readonly string[] {
  const office = `203.0.113.${8 + zoneNumber * 4 + entity.int('office gate', 2)}`;
  const home = `198.${18 + entity.int('home half', 2)}.${entity.int('home net', 256)}.${1 + entity.int('home host', 254)}`;
  const vpn = `10.8.${entity.int('vpn net', 32)}.${2 + entity.int('vpn host', 252)}`;
  if (entity.unit('ipv6') >= 0.2) return [office, home, vpn];
  const group = (field: string): string => (1 + entity.int(field, 0xffff)).toString(16);
  return [office, `2001:db8:${group('v6 a')}:${group('v6 b')}::${group('v6 c')}`, vpn];
}

/** A public address nobody of the company uses. */
export function strangerAddress(entity: Entity): string {
  return entity.unit('ipv6') < 0.2
    ? `2001:db8:dead::${(1 + entity.int('v6', 0xffff)).toString(16)}`
    : `192.0.2.${1 + entity.int('host', 254)}`;
}

/** Names of the 3 to 8 resources an entity uses most, out of those it may reach; fewer when fewer exist. */
export function favouritesOf(
  entity: Entity,
  reach: Reach,
  resources: readonly Resource[],
): readonly string[] {
  const reachable = resources.filter((resource) => reaches(reach, resource));
  const wanted = 3 + entity.int('favourites', 6);
  const order = shuffled(entity, 'favourite', reachable);
  const technologies = new Set<string>();
  const firsts = order.filter(({ technology }) => {
    const isNew = !technologies.has(technology);
    technologies.add(technology);
    return isNew;
  });
  const rest = order.filter((resource) => !firsts.includes(resource));
  return [...firsts, ...rest].slice(0, wanted).map(({ name }) => name);
}

/** Whether a reach includes a resource. */
export function reaches({ technologies, spaces }: Reach, resource: Resource): boolean {
  return (
    (technologies === undefined || technologies.includes(resource.technology)) &&
    (spaces === undefined || spaces.includes(resource.space))
  );
}
