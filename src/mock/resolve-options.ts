import { parseTimestamp } from '../connect/timestamp.ts';
import { KitError } from '../errors.ts';
import { MOCK_DEFAULTS, type MockOptions, type ResolvedMockOptions } from './mock-options.ts';
import { MOCK_OPTION_TABLE, type MockOptionName, type OptionKind, type OptionSpec } from './option-table.ts';
import { suggestName } from './suggest.ts';

/**
 * Fills in defaults and checks every value. Throws KitError `ERR_OPTION_UNKNOWN` ("did you mean") for a
 * name that does not exist and `ERR_OPTION_INVALID` for a value out of bounds. The result is frozen.
 */
export function resolveMockOptions(options: MockOptions): ResolvedMockOptions {
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(MOCK_OPTION_TABLE, name)) {
      const suggestion = suggestName(name, Object.keys(MOCK_OPTION_TABLE));
      throw new KitError('ERR_OPTION_UNKNOWN', { option: name, suggestion });
    }
  }
  const read = <T>(name: MockOptionName, fallback: T): T => {
    const value: unknown = options[name];
    if (value === undefined) return fallback;
    assertOption(name, MOCK_OPTION_TABLE[name], value);
    return value as T; // assertOption has checked the value against the option's kind
  };
  return Object.freeze({
    port: read('port', MOCK_DEFAULTS.port),
    host: read('host', MOCK_DEFAULTS.host),
    spec: read<readonly string[]>('spec', []),
    watch: read('watch', MOCK_DEFAULTS.watch),
    preferExamples: read('preferExamples', MOCK_DEFAULTS.preferExamples),
    logLevel: read('logLevel', MOCK_DEFAULTS.logLevel),
    tls: read('tls', MOCK_DEFAULTS.tls),
    tlsCert: read<string | undefined>('tlsCert', undefined),
    tlsKey: read<string | undefined>('tlsKey', undefined),
    cors: read('cors', MOCK_DEFAULTS.cors),
    seed: read('seed', MOCK_DEFAULTS.seed),
    scenario: read('scenario', MOCK_DEFAULTS.scenario),
    days: read('days', MOCK_DEFAULTS.days),
    count: read<number | undefined>('count', undefined),
    fixtures: read<string | undefined>('fixtures', undefined),
    now: read('now', MOCK_DEFAULTS.now),
    apiKey: read('apiKey', MOCK_DEFAULTS.apiKey),
    auth: read('auth', MOCK_DEFAULTS.auth),
    strict: read('strict', MOCK_DEFAULTS.strict),
    profile: read<string | undefined>('profile', undefined),
    notes: read('notes', MOCK_DEFAULTS.notes),
  });
}

/** Throws KitError `ERR_OPTION_INVALID` when a value does not fit its option. */
export function assertOption(name: string, spec: OptionSpec, value: unknown): void {
  const expected = EXPECTATIONS[spec.kind](spec, value);
  if (expected === undefined) return;
  const shown = spec.isSecret === true ? 'a value that is not shown' : formatValue(value);
  throw new KitError('ERR_OPTION_INVALID', { option: name, expected, value: shown });
}

type Expectation = (spec: OptionSpec, value: unknown) => string | undefined;

/** What a value of each kind must be, in words; undefined where the given value is that. */
const EXPECTATIONS: Readonly<Record<OptionKind, Expectation>> = {
  integer: expectInteger,
  string: (_, value) => (isText(value) ? undefined : 'a non-empty text'),
  strings: (_, value) => (isTexts(value) ? undefined : 'one or more non-empty texts'),
  boolean: (_, value) => (typeof value === 'boolean' ? undefined : 'true or false'),
  choice: ({ choices = [] }, value) =>
    choices.some((choice) => choice === value) ? undefined : `one of ${choices.join(', ')}`,
  seed: (_, value) => (isSeed(value) ? undefined : 'an integer or a non-empty text'),
  instant: (_, value) =>
    isInstant(value) ? undefined : 'live or an RFC 3339 instant such as 2026-01-15T12:00:00Z',
};

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function expectInteger(spec: OptionSpec, value: unknown): string | undefined {
  const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = spec;
  const isFine = Number.isSafeInteger(value) && Number(value) >= minimum && Number(value) <= maximum;
  return isFine ? undefined : `a whole number from ${minimum} to ${maximum}`;
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isText);
}

function isSeed(value: unknown): boolean {
  return Number.isSafeInteger(value) || isText(value);
}

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

function isInstant(value: unknown): boolean {
  if (value === 'live') return true;
  if (typeof value !== 'string' || !RFC_3339.test(value)) return false;
  // Date.parse alone would take the 30th of February for the 2nd of March.
  return typeof parseTimestamp(value) === 'object' && Number.isFinite(Date.parse(value));
}

function formatValue(value: unknown): string {
  return typeof value === 'string'
    ? JSON.stringify(value.slice(0, 80))
    : String(JSON.stringify(value)).slice(0, 80);
}
