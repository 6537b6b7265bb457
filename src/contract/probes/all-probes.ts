import type { Probe } from '../probe.ts';
import { AUTH_PROBES } from './auth.ts';
import { CURSOR_PROBES } from './cursors.ts';
import { DISCOVERY_PROBES } from './discovery.ts';
import { INSERTION_PROBE } from './insertion.ts';
import { BODY_PROBES, LIMIT_PROBES } from './limits.ts';
import { PAGE_PROBES, SORT_LEARN_PROBE } from './pages.ts';
import { PROTOCOL_PROBES } from './protocol.ts';
import { QUERY_PROBES } from './queries.ts';
import { TIME_PROBES } from './times.ts';
import { WRONG_TYPE_PROBES } from './wrong-types.ts';

/** Every probe of the suite. The runner orders them by what they need. */
export const ALL_PROBES: readonly Probe[] = [
  ...AUTH_PROBES,
  ...PAGE_PROBES,
  SORT_LEARN_PROBE,
  ...TIME_PROBES,
  ...QUERY_PROBES,
  ...DISCOVERY_PROBES,
  ...CURSOR_PROBES,
  ...PROTOCOL_PROBES,
  ...LIMIT_PROBES,
  ...BODY_PROBES,
  ...WRONG_TYPE_PROBES,
  INSERTION_PROBE,
];
