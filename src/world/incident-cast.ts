import { KitError } from '../errors.ts';
import type { Resource } from './directory.ts';
import { below, deriveKey, draw } from './hash.ts';
import type { IncidentSource } from './incident.ts';
import { reaches } from './places.ts';
import type { Reach, Scenario, ScenarioIncident } from './scenario.ts';

/** Numbers of the people of an incident's roles; those who live in its zone where there are any. */
export function peopleOf(incident: ScenarioIncident, { scenario, cast }: IncidentSource): readonly number[] {
  const { roles = [] } = incident.by;
  const people = cast.directory.people.filter(({ role }) => roles.includes(role));
  const local = people.filter(({ zone }) => zone === incident.zone);
  const codes = (local.length > 0 ? local : people).map(({ email }) => cast.userCodes.get(email) ?? 0);
  return atLeastOne(codes, { scenario, incident, reason: `nobody has a role of ${roles.join(', ')}` });
}

/** Numbers of machines or native users by name. */
export function usersNamed(
  names: readonly string[],
  incident: ScenarioIncident,
  { scenario, cast }: IncidentSource,
): readonly number[] {
  const codes = names.flatMap((name) => cast.userCodes.get(name) ?? []);
  const reason = `nobody in the directory is one of ${names.join(', ') || 'nobody'}`;
  return atLeastOne(codes, { scenario, incident, reason });
}

/** Numbers of the resources of an incident's technologies that a reach includes. */
export function resourcesOf(
  incident: ScenarioIncident,
  reach: Reach,
  { scenario, cast }: IncidentSource,
): readonly number[] {
  const { technologies } = incident;
  const isWanted = (resource: Resource): boolean =>
    technologies.includes(resource.technology) && reaches(reach, resource);
  const codes = cast.directory.resources
    .filter(isWanted)
    .map(({ name }) => cast.resourceCodes.get(name) ?? 0);
  const reason = `nothing of ${technologies.join(', ')} is in reach`;
  return atLeastOne(codes, { scenario, incident, reason });
}

/** One of a list, by the draw of a field. */
export function chosen(codes: readonly number[], key: number, field: number): number {
  return codes[below(draw(key, field), codes.length)] ?? 0;
}

/** The key of the `number`th session of an occurrence. */
export function incidentRowKey(key: number, number: number): number {
  return deriveKey(key, number);
}

/** An incident that cannot happen in its scenario. */
export function invalidIncident(scenario: Scenario, { name }: ScenarioIncident, reason: string): KitError {
  return new KitError('ERR_SCENARIO_INVALID', { name: scenario.name, reason: `${name}: ${reason}` });
}

interface Need {
  readonly scenario: Scenario;
  readonly incident: ScenarioIncident;
  readonly reason: string;
}

function atLeastOne(codes: readonly number[], { scenario, incident, reason }: Need): readonly number[] {
  if (codes.length === 0) throw invalidIncident(scenario, incident, reason);
  return codes;
}
