import { ALL_CASES } from './cases/all-cases.ts';

const AREAS: readonly string[] = ['query', 'sort', 'time', 'pagination'];
const SINGLE: readonly string[] = [
  'limits/absent',
  'auth/bearer',
  'protocol/get-equals-post',
  'protocol/binary-equals-json',
  'protocol/gzip-request',
  'protocol/gzip-response',
  'protocol/unknown-encoding',
  'protocol/version-2',
  'protocol/timeout-malformed',
  'body/duplicate-key',
  'body/not-utf8',
  'body/byte-order-mark',
];

/**
 * Ids of the cases whose probes show what nobody documents. Cases that look at every answer are not among them: they
 * would bring every probe, and learning from the live service has to stay within its budget of requests.
 */
export const LEARNING_CASES: readonly string[] = ALL_CASES.filter(
  ({ id, category, probes }) => probes !== 'all' && (AREAS.includes(category) || SINGLE.includes(id)),
).map(({ id }) => id);
