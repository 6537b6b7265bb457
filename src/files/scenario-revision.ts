import { createHash } from 'node:crypto';
import type { Scenario } from '../world/scenario.ts';

/** A short hash of everything in a scenario that decides its data: not of its description, nor of the order of members. */
export function scenarioRevision({ description: _, ...scenario }: Scenario): string {
  return createHash('sha256')
    .update(JSON.stringify(withSortedMembers(scenario)))
    .digest('hex')
    .slice(0, 12);
}

function withSortedMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedMembers);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, withSortedMembers(member)]));
}
