import { MINUTE_MS } from './civil-time.ts';
import { createDurationTable, durationAt } from './durations.ts';
import { below, draw, hashText } from './hash.ts';
import type { IncidentRow, IncidentSource, OccurrenceMaker } from './incident.ts';
import { chosen, incidentRowKey, resourcesOf, usersNamed } from './incident-cast.ts';
import type { ScenarioIncident } from './scenario.ts';

const ACCOUNT = hashText('guessed');
const ADDRESS = hashText('address');
const TARGET = hashText('target');
const DELAY = hashText('delay');
const LENGTH = hashText('length');

/**
 * One address tries to log in to one resource again and again; the last session is that of a native user, whose
 * password was guessed. Throws KitError `ERR_SCENARIO_INVALID` when there is no such user or resource.
 */
export function createBruteForce(incident: ScenarioIncident, source: IncidentSource): OccurrenceMaker {
  const { cast } = source;
  const natives = usersNamed(incident.by.natives ?? [], incident, source);
  const resources = resourcesOf(incident, {}, source);
  const refused = createDurationTable('refused');
  const { sessions, minutes } = incident;
  const spanMs = minutes * MINUTE_MS;
  const stepMs = Math.floor(spanMs / sessions);
  const { people, machines } = cast.directory;
  return (start, key) => {
    const native = chosen(natives, key, ACCOUNT);
    const resource = chosen(resources, key, TARGET);
    const client = chosen([...cast.intruders], key, ADDRESS);
    const rows = Array.from({ length: sessions }, (_, i): IncidentRow => {
      const rowKey = incidentRowKey(key, i);
      const isGuessed = i === sessions - 1;
      const drawn = draw(rowKey, LENGTH);
      return {
        start: start + i * stepMs + below(draw(rowKey, DELAY), stepMs),
        duration: isGuessed ? 4 * MINUTE_MS + below(drawn, 9 * MINUTE_MS) : durationAt(refused, drawn),
        user: isGuessed ? native : 0,
        resource,
        client,
      };
    });
    const address = cast.clientAddresses[client];
    const target = cast.directory.resources[resource - 1]?.name;
    const username = cast.directory.natives[native - 1 - people.length - machines.length]?.username;
    return {
      incident,
      from: start,
      until: start + spanMs,
      rows,
      description: `${address} tries ${sessions - 1} log-ins to ${target} within ${minutes} minutes, then is in as the native user ${username}.`,
      clause: `network.client_ip_address:${address}`,
    };
  };
}
