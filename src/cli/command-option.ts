import { type Command, Option } from 'commander';
import { type OptionSpec, optionToFlag } from '../mock/option-table.ts';
import { readOptionText } from './read-option.ts';
import { optionToEnvironmentName } from './serve-options.ts';

/** The options given on the command line itself, by name: neither defaults nor the environment. */
export function givenFlags(
  command: Command,
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const isGiven = ([name]: [string, unknown]): boolean => command.getOptionValueSource(name) === 'cli';
  return Object.fromEntries(Object.entries(values).filter(isGiven));
}

/** The flag of an option of the table, with its help. */
export function createOption(name: string, spec: OptionSpec): Option {
  const flag = optionToFlag(name);
  const isSwitchedOff = spec.kind === 'boolean' && spec.defaultValue === true;
  const flags = isSwitchedOff ? `--no-${flag}` : formatFlags(flag, spec);
  const option = new Option(flags, formatHelp(name, spec));
  option.helpGroup(`${spec.group}:`);
  if (spec.kind === 'strings') {
    return option.argParser((text: string, previous: readonly string[] | undefined) => [
      ...(previous ?? []),
      text,
    ]);
  }
  return spec.kind === 'boolean'
    ? option
    : option.argParser((text) => readOptionText(`--${flag}`, spec, text));
}

function formatFlags(flag: string, spec: OptionSpec): string {
  return spec.kind === 'boolean' ? `--${flag}` : `--${flag} <${spec.placeholder ?? 'VALUE'}>`;
}

function formatHelp(name: string, spec: OptionSpec): string {
  const notes = [
    spec.choices === undefined ? undefined : spec.choices.join(', '),
    spec.kind === 'boolean' || spec.defaultValue === undefined
      ? undefined
      : `default ${String(spec.defaultValue)}`,
    optionToEnvironmentName(name, spec),
  ];
  return `${spec.help} (${notes.filter((note) => note !== undefined).join('; ')})`;
}
