import { MINUTE_MS } from './civil-time.ts';
import { below, draw, hashText } from './hash.ts';
import type { IncidentRow, IncidentSource, OccurrenceMaker } from './incident.ts';
import { chosen, incidentRowKey, peopleOf, resourcesOf } from './incident-cast.ts';
import type { ScenarioIncident } from './scenario.ts';

const ACCOUNT = hashText('account');
const ADDRESS = hashText('address');
const TARGET = hashText('target');
const DELAY = hashText('delay');
const LENGTH = hashText('length');

/**
 * Somebody's account, at night and from a network nobody was ever seen in, reads one resource after the other.
 * Throws KitError `ERR_SCENARIO_INVALID` when nobody has the roles or nothing is in their reach.
 */
export function createExfiltration(incident: ScenarioIncident, source: IncidentSource): OccurrenceMaker {
  const { scenario, cast } = source;
  const people = peopleOf(incident, source);
  const reachOf = new Map(
    scenario.roles
      .filter(({ name }) => incident.by.roles?.includes(name))
      .map(({ name, reach }) => [name, resourcesOf(incident, reach, source)]),
  );
  const spanMs = incident.minutes * MINUTE_MS;
  const stepMs = Math.floor(spanMs / incident.sessions);
  return (start, key) => {
    const user = chosen(people, key, ACCOUNT);
    const client = chosen([...cast.intruders], key, ADDRESS);
    const person = cast.directory.people[user - 1];
    const resources = reachOf.get(person?.role ?? '') ?? [];
    const rows = Array.from({ length: incident.sessions }, (_, i): IncidentRow => {
      const rowKey = incidentRowKey(key, i);
      return {
        start: start + i * stepMs + below(draw(rowKey, DELAY), stepMs),
        duration: 4000 + below(draw(rowKey, LENGTH), 6 * MINUTE_MS),
        user,
        resource: chosen(resources, rowKey, TARGET),
        client,
      };
    });
    const address = cast.clientAddresses[client];
    const targets = new Set(rows.map(({ resource }) => resource)).size;
    return {
      incident,
      from: start,
      until: start + spanMs,
      rows,
      description: `The account of ${person?.name} reads ${targets} resources in ${incident.sessions} sessions from ${address}, a network never seen before, starting at ${incident.at} in ${incident.zone}.`,
      clause: `user.formal.user.email:"${person?.email}" AND network.client_ip_address:${address}`,
    };
  };
}
