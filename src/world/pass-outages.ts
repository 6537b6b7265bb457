import { connectorOfProbe } from './code-columns.ts';
import { type Draft, type Recipe, rowKeyOf } from './draft.ts';
import type { Outage } from './incident.ts';

/**
 * Lets the first `rows` sessions of a draft feel the outages: those open through a connector when it fails end,
 * those that start while it is down start when it is back, in their order. Bucket counts stay as they are.
 */
export function passOutages(draft: Draft, rows: number, { incidents, cast }: Recipe): void {
  if (incidents.longestCalmMs === 0) return;
  const until = draft.from + draft.spanMs + incidents.longestCalmMs;
  const outages = outagesByConnector(incidents.outagesBetween(draft.from, until));
  if (outages.size === 0) return;
  const connectors = cast.directory.connectors.length;
  for (let e = 0; e < rows; e++) {
    const resource = draft.resource[e] ?? 0;
    const connector =
      resource > 0
        ? (cast.connectorOfResource[resource] ?? 0)
        : connectorOfProbe(rowKeyOf(draft.rowsKey, e), connectors);
    const met = outages.get(connector);
    if (met !== undefined) meet(draft, e, met);
  }
  partFamilies(draft);
}

function outagesByConnector(outages: readonly Outage[]): ReadonlyMap<number, readonly Outage[]> {
  const byConnector = new Map<number, Outage[]>();
  for (const outage of outages) {
    const known = byConnector.get(outage.connector);
    if (known === undefined) byConnector.set(outage.connector, [outage]);
    else known.push(outage);
  }
  return byConnector;
}

function meet(draft: Draft, e: number, outages: readonly Outage[]): void {
  for (const { down, up, until } of outages) {
    const start = draft.from + (draft.offset[e] ?? 0);
    if (start >= until) continue;
    if (start >= down) {
      const waited = ((start - down) * (until - up)) / (until - down);
      draft.offset[e] = Math.floor(up + waited) - draft.from;
      continue;
    }
    draft.duration[e] = Math.min(draft.duration[e] ?? 0, down - start);
    return;
  }
}

/** A child that now starts outside its parent's time stands alone; the others end with their parents. */
function partFamilies({ families, offset, duration }: Draft): void {
  const kept: number[] = [];
  for (let i = 0; i < families.length; i += 2) {
    const [child = 0, parent = 0] = families.slice(i, i + 2);
    const at = offset[child] ?? 0;
    const from = offset[parent] ?? 0;
    const until = from + (duration[parent] ?? 0);
    if (at <= from || at >= until) continue;
    duration[child] = Math.min(duration[child] ?? 0, until - at);
    kept.push(child, parent);
  }
  families.splice(0, families.length, ...kept);
}
