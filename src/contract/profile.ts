import { KitError } from '../errors.ts';
import type { ContractFacts, ContractProfile } from './facts.ts';
import type { ContractReport } from './outcome.ts';
import { isObject } from './run-view.ts';

/** The profile of the server a report is about. */
export function profileFromReport({ target, startedAt, facts }: ContractReport): ContractProfile {
  return { profileVersion: 1, target, learntAt: startedAt, facts };
}

/** The facts of a profile's text. Throws KitError ERR_OPTION_INVALID. */
export function parseProfile(text: string): ContractFacts {
  const value = parseJson(text);
  const facts = isObject(value) && value['profileVersion'] === 1 ? value['facts'] : undefined;
  if (!isObject(facts)) throw invalid('another JSON value');
  for (const [name, check] of Object.entries(FACT_CHECKS)) {
    if (facts[name] !== undefined && !check(facts[name]))
      throw invalid(`${name} = ${JSON.stringify(facts[name])}`);
  }
  // Every member the suite reads was checked just above.
  return facts as ContractFacts;
}

const isText = (value: unknown): boolean => typeof value === 'string';
const oneOf =
  (...values: readonly unknown[]) =>
  (value: unknown): boolean =>
    values.includes(value);

/** The facts that are asserted from then on, and what they may be. */
const FACT_CHECKS: Readonly<Record<string, (value: unknown) => boolean>> = {
  sortAscending: isText,
  sortDescending: isText,
  windowStart: oneOf('inclusive', 'exclusive'),
  windowEnd: oneOf('inclusive', 'exclusive'),
  windowInverted: oneOf('refused', 'empty'),
  count: oneOf('page', 'total', 'other', 'absent'),
  pageEdges: oneOf('first and last id', 'absent', 'other'),
  idField: isText,
  statusField: isText,
  technologyField: isText,
  defaultOperator: oneOf('AND', 'OR'),
  presence: (value) =>
    isObject(value) && Object.values(value).every((percent) => typeof percent === 'number'),
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new KitError(
      'ERR_OPTION_INVALID',
      {
        option: 'profile',
        expected: 'a profile written by `formal-mock contract learn`',
        value: 'text that is no JSON',
      },
      { cause },
    );
  }
}

function invalid(value: string): KitError {
  return new KitError('ERR_OPTION_INVALID', {
    option: 'profile',
    expected: 'a profile written by `formal-mock contract learn`',
    value,
  });
}
