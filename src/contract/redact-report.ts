import type { Keys } from './key.ts';
import type { ContractReport } from './outcome.ts';
import { createRedactor, type Redactor } from './redact.ts';

/** Members whose texts are the suite's own words; a key that happens to be such a word must not break the form. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  'id',
  'category',
  'kind',
  'status',
  'audience',
  'title',
  'basis',
  'advice',
]);

/** Members below which names of fields come from the server. */
const FOREIGN_NAMES: ReadonlySet<string> = new Set(['patch', 'presence']);

/** The report with every form of the keys replaced, in every text of it that came from outside. */
export function redactReport(report: ContractReport, keys: Keys): ContractReport {
  // The copy has the form of what it was copied from: only texts change.
  return redactValue(report, createRedactor(keys)) as ContractReport;
}

function redactValue(value: unknown, redact: Redactor): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item) => redactValue(item, redact));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, item]): [string, unknown] => {
    if (OWN_WORDS.has(name)) return [name, item];
    return [name, FOREIGN_NAMES.has(name) ? redactAll(item, redact) : redactValue(item, redact)];
  });
  return Object.fromEntries(members);
}

/** Names of fields in a proposed change come from the server, so they are redacted too. */
function redactAll(value: unknown, redact: Redactor): unknown {
  if (value === undefined) return undefined;
  const copy: unknown = JSON.parse(redact(JSON.stringify(value)));
  return copy;
}
