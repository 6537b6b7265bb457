import { readFile } from 'node:fs/promises';
import { KitError } from '../errors.ts';
import type { MockOptions } from '../mock/mock-options.ts';
import {
  MOCK_OPTION_TABLE,
  type MockOptionName,
  type OptionSpec,
  optionToFlag,
} from '../mock/option-table.ts';
import { assertOption } from '../mock/resolve-options.ts';
import { suggestName } from '../mock/suggest.ts';
import { readOptionText } from './read-option.ts';

const CONFIG_FILE = 'formal-mock.config.json';

/** Where option values come from, in order: flags, environment, configuration file. */
export interface OptionSources {
  /** Values given as flags, by option name. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `--config FILE`; default `formal-mock.config.json` of the working directory, if it is there. */
  readonly configFile?: unknown;
}

/**
 * Merges flags > `FORMAL_MOCK_…` > configuration file; what nobody says is left to the defaults.
 * Throws KitError for unknown keys and values that do not fit, naming the flag, variable or key.
 */
export async function loadServeOptions(sources: OptionSources): Promise<MockOptions> {
  const { configFile } = sources;
  const config = await loadConfig(typeof configFile === 'string' ? configFile : undefined);
  const merged: Record<string, unknown> = {};
  for (const [name, spec] of optionEntries()) {
    const found = pickValue({ name, spec, sources, config });
    if (found === undefined) continue;
    assertOption(found.label, spec, found.value);
    merged[name] = found.value;
  }
  return merged as MockOptions; // every value has just been checked against the table
}

/** `apiKey` to `FORMAL_MOCK_API_KEY`, `auth` to `FORMAL_MOCK_NO_AUTH`. */
export function optionToEnvironmentName(name: string, spec: OptionSpec): string {
  const flag = spec.defaultValue === true ? `no-${optionToFlag(name)}` : optionToFlag(name);
  return `FORMAL_MOCK_${flag.replaceAll('-', '_').toUpperCase()}`;
}

/** The table as entries typed as plain specs. */
export function optionEntries(): readonly (readonly [MockOptionName, OptionSpec])[] {
  return Object.entries(MOCK_OPTION_TABLE) as [MockOptionName, OptionSpec][]; // keys of a const table
}

interface Found {
  readonly label: string;
  readonly value: unknown;
}

interface Lookup {
  readonly name: MockOptionName;
  readonly spec: OptionSpec;
  readonly sources: OptionSources;
  readonly config: Readonly<Record<string, unknown>>;
}

function pickValue({ name, spec, sources, config }: Lookup): Found | undefined {
  const flagged = sources.flags[name];
  if (flagged !== undefined) return { label: `--${optionToFlag(name)}`, value: flagged };
  const variable = environmentValue(name, spec, sources.env);
  if (variable !== undefined) return variable;
  if (config[name] !== undefined) return { label: `${name} in the configuration file`, value: config[name] };
  return undefined;
}

function environmentValue(name: string, spec: OptionSpec, env: OptionSources['env']): Found | undefined {
  const label = optionToEnvironmentName(name, spec);
  const text = env[label];
  if (text !== undefined && text !== '') {
    const value = readOptionText(label, spec, text);
    return { label, value: spec.defaultValue === true ? value === false : value };
  }
  const port = env['PORT'];
  if (name !== 'port' || port === undefined || port === '') return undefined;
  return { label: 'PORT', value: readOptionText('PORT', spec, port) };
}

async function loadConfig(file: string | undefined): Promise<Readonly<Record<string, unknown>>> {
  const text = await readConfigText(file);
  if (text === undefined) return {};
  const name = file ?? CONFIG_FILE;
  const config = parseConfig(text, name);
  const known = optionEntries().map(([option]) => option);
  for (const key of Object.keys(config)) {
    if (key === '$schema' || known.some((option) => option === key)) continue;
    throw new KitError('ERR_OPTION_UNKNOWN', {
      option: `${key} in ${name}`,
      suggestion: suggestName(key, known),
    });
  }
  return config;
}

async function readConfigText(file: string | undefined): Promise<string | undefined> {
  try {
    return await readFile(file ?? CONFIG_FILE, 'utf8');
  } catch (cause) {
    const isAbsent = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (file === undefined && isAbsent) return undefined;
    const expected = 'a readable JSON file';
    throw new KitError(
      'ERR_OPTION_INVALID',
      { option: '--config', expected, value: String(file) },
      { cause },
    );
  }
}

function parseConfig(text: string, name: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'not JSON';
    throw new KitError('ERR_OPTION_INVALID', { option: name, expected: 'JSON', value: reason }, { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new KitError('ERR_OPTION_INVALID', { option: name, expected: 'a JSON object', value: typeof value });
}
