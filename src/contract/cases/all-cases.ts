import type { ContractCase } from '../case.ts';
import { AUTH_CASES } from './auth.ts';
import { BODY_CASES } from './body.ts';
import { BODY_FORM_CASES } from './body-form.ts';
import { CONSISTENCY_CASES } from './consistency.ts';
import { CURSOR_CASES } from './cursors.ts';
import { DISCOVERY_CASES } from './discovery.ts';
import { DOCUMENT_CASES } from './document.ts';
import { DRIFT_CASES } from './drift.ts';
import { END_CASES } from './ends.ts';
import { ERROR_CASES } from './errors.ts';
import { INSERTION_CASES } from './insertion.ts';
import { INVARIANT_CASES } from './invariants.ts';
import { LEARNT_CASES } from './learnt.ts';
import { LIMIT_CASES } from './limits.ts';
import { METADATA_CASES } from './metadata.ts';
import { PERFORMANCE_CASES } from './performance.ts';
import { PROTOCOL_CASES } from './protocol.ts';
import { QUERY_CASES } from './query.ts';
import { QUERY_ALGEBRA_CASES } from './query-algebra.ts';
import { SCHEMA_CASES } from './schema.ts';
import { SORT_CASES } from './sort.ts';
import { TIME_CASES } from './time.ts';
import { TRANSPORT_CASES } from './transport.ts';
import { WALK_CASES } from './walks.ts';

/** Every case of the suite, in the order they are reported. */
export const ALL_CASES: readonly ContractCase[] = [
  ...AUTH_CASES,
  ...TRANSPORT_CASES,
  ...PROTOCOL_CASES,
  ...BODY_FORM_CASES,
  ...SCHEMA_CASES,
  ...DOCUMENT_CASES,
  ...DRIFT_CASES,
  ...LEARNT_CASES,
  ...INVARIANT_CASES,
  ...CONSISTENCY_CASES,
  ...WALK_CASES,
  ...CURSOR_CASES,
  ...END_CASES,
  ...INSERTION_CASES,
  ...METADATA_CASES,
  ...TIME_CASES,
  ...SORT_CASES,
  ...QUERY_CASES,
  ...QUERY_ALGEBRA_CASES,
  ...DISCOVERY_CASES,
  ...LIMIT_CASES,
  ...BODY_CASES,
  ...ERROR_CASES,
  ...PERFORMANCE_CASES,
];
