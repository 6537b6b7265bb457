import { jsonProbe, type Probe } from '../probe.ts';

const NEVER_LIVE = { live: false } as const;

/** Values of another type or form than the message has, and bodies that are no message. */
export const WRONG_TYPE_PROBES: readonly Probe[] = [
  jsonProbe(['limits/array', '{"limit":[]}'], NEVER_LIVE),
  jsonProbe(['limits/word', '{"limit":"abc"}'], NEVER_LIVE),
  jsonProbe(['limits/empty-text', '{"limit":""}'], NEVER_LIVE),
  jsonProbe(['body/query-number', '{"limit":1,"query":5}']),
  jsonProbe(['body/sort-number', '{"limit":1,"sortBy":5}'], NEVER_LIVE),
  jsonProbe(['body/cursor-number', '{"limit":1,"cursor":5}'], NEVER_LIVE),
  // Both bounds are read by the same code nearly everywhere.
  jsonProbe(['body/time-number', '{"limit":1,"endTimestamp":5,"startTimestamp":5}'], NEVER_LIVE),
  jsonProbe(['time/malformed-end', '{"limit":2,"endTimestamp":"not a time"}'], NEVER_LIVE),
  jsonProbe(['body/array', '[]'], NEVER_LIVE),
  jsonProbe(['body/null', 'null'], NEVER_LIVE),
  jsonProbe(['body/text', '"x"'], NEVER_LIVE),
  jsonProbe(['body/number', '7'], NEVER_LIVE),
];
