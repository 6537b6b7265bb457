import { createBruteForce } from './brute-force.ts';
import { DAY_MS, MINUTE_MS } from './civil-time.ts';
import { createExfiltration } from './exfiltration.ts';
import { deriveKey, hashText } from './hash.ts';
import type { IncidentRow, IncidentSource, Occurrence, OccurrenceMaker, Outage } from './incident.ts';
import { invalidIncident } from './incident-cast.ts';
import { createIncidentTimes, type IncidentTimes } from './incident-time.ts';
import { createOutage } from './outage.ts';
import type { IncidentKind, ScenarioIncident } from './scenario.ts';

/** Every incident of a world, whenever it happens. */
export interface IncidentCalendar {
  /** Occurrences that touch `[from, until)` (ms since 1970), by start. */
  between(from: number, until: number): readonly Occurrence[];
  /** Outages that touch `[from, until)`. */
  outagesBetween(from: number, until: number): readonly Outage[];
  /** The sessions that incidents open in `[from, until)`, in a fixed order. */
  rowsBetween(from: number, until: number): readonly IncidentRow[];
  /** Longest time in ms from one outage of a connector to the next; 0 without outages. */
  readonly longestCalmMs: number;
}

/** What a calendar is made from. */
export interface CalendarSource extends IncidentSource {
  readonly worldKey: number;
}

const MAKERS: Readonly<
  Record<IncidentKind, (incident: ScenarioIncident, source: IncidentSource) => OccurrenceMaker>
> = { exfiltration: createExfiltration, 'brute-force': createBruteForce, outage: createOutage };

const INCIDENTS = hashText('incidents');
const NO_ROWS: readonly IncidentRow[] = [];
/** An occurrence starts at most a day away from the days of its period, as the clock of its zone shows them. */
const MARGIN_MS = 2 * DAY_MS;
/** Occurrences kept of each incident: those near a bucket are asked for again and again. */
const MAX_KEPT = 16;
/** An occurrence is over this long after its minutes. */
const AFTERMATH_MS = 2 * MINUTE_MS;

/** Makes the calendar of a scenario. Throws KitError `ERR_SCENARIO_INVALID` for incidents that cannot happen. */
export function createIncidentCalendar(source: CalendarSource): IncidentCalendar {
  const series = source.scenario.incidents.map((incident) => createSeries(incident, source));
  const outages = series.filter(({ kind }) => kind === 'outage');
  const between = (from: number, until: number): readonly Occurrence[] =>
    series.flatMap((each) => each.between(from, until)).sort((a, b) => a.from - b.from);
  return {
    between,
    rowsBetween: (from, until) => {
      if (series.length === 0) return NO_ROWS;
      const isIn = ({ start }: IncidentRow): boolean => start >= from && start < until;
      return between(from, until).flatMap(({ rows }) => rows.filter(isIn));
    },
    outagesBetween: (from, until) =>
      outages.flatMap((each) => each.between(from, until)).flatMap(({ outage }) => outage ?? []),
    longestCalmMs: Math.max(0, ...outages.map(({ everyDays }) => 2 * everyDays * DAY_MS)),
  };
}

interface Series {
  readonly kind: IncidentKind;
  readonly everyDays: number;
  between(from: number, until: number): readonly Occurrence[];
}

function createSeries(incident: ScenarioIncident, source: CalendarSource): Series {
  const { scenario, worldKey } = source;
  const zone = scenario.zones.find(({ name }) => name === incident.zone);
  if (zone === undefined) throw invalidIncident(scenario, incident, `there is no zone ${incident.zone}`);
  const key = deriveKey(deriveKey(worldKey, INCIDENTS), hashText(incident.name));
  const times = createIncidentTimes({ ...incident, key, zone });
  const make = MAKERS[incident.kind](incident, source);
  const longestMs = incident.minutes * MINUTE_MS + AFTERMATH_MS;
  const made = new Map<number, Occurrence>();
  const occurrenceOf = (period: number): Occurrence => {
    const known = made.get(period);
    if (known !== undefined) return known;
    if (made.size >= MAX_KEPT) made.clear();
    const occurrence = make(times.startOf(period), deriveKey(key, period));
    made.set(period, occurrence);
    return occurrence;
  };
  return {
    kind: incident.kind,
    everyDays: incident.everyDays,
    between: (from, until) =>
      periodsNear(times, from - longestMs - MARGIN_MS, until)
        .filter((period) => mayTouch(times.startOf(period), { from, until, longestMs }))
        .map(occurrenceOf)
        .filter((occurrence) => occurrence.from < until && occurrence.until > from),
  };
}

function periodsNear(times: IncidentTimes, from: number, until: number): readonly number[] {
  const first = times.periodOf(from);
  return Array.from({ length: times.periodOf(until) - first + 1 }, (_, i) => first + i);
}

interface Span {
  readonly from: number;
  readonly until: number;
  readonly longestMs: number;
}

/** Spares making an occurrence that is far away. */
function mayTouch(start: number, { from, until, longestMs }: Span): boolean {
  return start < until && start + longestMs > from;
}
