import { MINUTE_MS } from './civil-time.ts';
import { createDurationTable, durationAt } from './durations.ts';
import { below, draw, hashText } from './hash.ts';
import type { IncidentRow, IncidentSource, OccurrenceMaker } from './incident.ts';
import { chosen, incidentRowKey, invalidIncident, resourcesOf, usersNamed } from './incident-cast.ts';
import type { ScenarioIncident } from './scenario.ts';

/** How long everybody takes to come back. */
const RECOVERY_MS = 90_000;

const ACCOUNT = hashText('account');
const TARGET = hashText('target');
const DELAY = hashText('delay');
const LENGTH = hashText('length');
const STRAGGLE = hashText('straggle');

/**
 * A connector fails: sessions through it end, nothing passes for some minutes, then machines and all who were
 * kept waiting come back at once. Throws KitError `ERR_SCENARIO_INVALID` when the space, its connector or the
 * machines do not exist, or when the outage does not fit into one bucket.
 */
export function createOutage(incident: ScenarioIncident, source: IncidentSource): OccurrenceMaker {
  const { scenario, cast } = source;
  const { space = '', by, minutes, sessions } = incident;
  const { connectors } = cast.directory;
  const connector = connectors.findIndex((candidate) => candidate.space === space) + 1;
  if (connector === 0) throw invalidIncident(scenario, incident, `there is no space ${space || 'given'}`);
  assertOneBucket(incident, source);
  const machines = usersNamed(by.machines ?? [], incident, source);
  const resources = resourcesOf(incident, { spaces: [space] }, source);
  const pool = createDurationTable('pool');
  return (down, key) => {
    const up = down + minutes * MINUTE_MS;
    const rows = Array.from({ length: sessions }, (_, i): IncidentRow => {
      const rowKey = incidentRowKey(key, i);
      // The smaller of two draws: most come at once, the last stragglers late.
      const delay = Math.min(draw(rowKey, DELAY), draw(rowKey, STRAGGLE));
      return {
        start: up + below(delay, RECOVERY_MS),
        duration: durationAt(pool, draw(rowKey, LENGTH)),
        user: chosen(machines, rowKey, ACCOUNT),
        resource: chosen(resources, rowKey, TARGET),
        client: 0,
      };
    });
    const { id, name } = connectors[connector - 1] ?? {};
    return {
      incident,
      from: down,
      until: up + RECOVERY_MS,
      rows,
      outage: { connector, down, up, until: up + RECOVERY_MS },
      description: `Connector ${name} is down for ${minutes} minutes from ${incident.at} in ${incident.zone}: its sessions end, none starts, then all come back within ${RECOVERY_MS / 1000} seconds.`,
      clause: `connector.id:${id}`,
    };
  };
}

/** Sessions are kept waiting within their bucket, so that counting needs none of them. */
function assertOneBucket(incident: ScenarioIncident, { scenario }: IncidentSource): void {
  const { at, zone, minutes } = incident;
  const bucketMs = scenario.bucketMinutes * MINUTE_MS;
  const offsetMs = (scenario.zones.find(({ name }) => name === zone)?.offsetMinutes ?? 0) * MINUTE_MS;
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  // Daylight saving moves by whole hours, which are whole buckets.
  const local = (hour * 60 + minute) * MINUTE_MS - offsetMs;
  const before = ((local % bucketMs) + bucketMs) % bucketMs;
  if (before + minutes * MINUTE_MS + RECOVERY_MS < bucketMs) return;
  const reason = `${minutes} minutes from ${at} and ${RECOVERY_MS / 1000} seconds after them do not fit into one bucket of ${scenario.bucketMinutes} minutes`;
  throw invalidIncident(scenario, incident, reason);
}
