import { Command, Option } from 'commander';
import { loadWorld } from '../files/load-world.ts';
import { createClock } from '../mock/clock.ts';
import { MOCK_OPTION_TABLE } from '../mock/option-table.ts';
import { resolveMockOptions } from '../mock/resolve-options.ts';
import { explainQuery, type QueryExplanation } from '../query/explain-query.ts';
import { QueryError } from '../query/query-error.ts';
import { countSessions } from '../sessions/list-sessions.ts';
import { DEFAULT_SETTINGS } from '../sessions/settings.ts';
import { createOption, givenFlags } from './command-option.ts';
import { loadServeOptions } from './serve-options.ts';

const EXAMPLES = `
Prints the tree of the query, what its names mean, what is doubtful about it, and how many sessions of the
world it selects.

Examples:
  formal-mock query 'status:active AND technology:postgres'
  formal-mock query 'start_time:[now-24h TO now]'
  formal-mock query 'user:alice status:active OR status:idle'     warns: the OR decides nothing
  formal-mock query --dialect quickwit --json 'technology:IN [ssh rdp]'

Exit codes: 0, or 2 when the query cannot be read.`;

const WORLD_OPTIONS = ['seed', 'scenario', 'days', 'count', 'now'] as const;

/** The command `formal-mock query TEXT`. */
export function createQueryCommand(): Command {
  const command = new Command('query')
    .description('explain a query and count the sessions it selects')
    .argument('<query>', 'text of the query')
    .addOption(new Option('--dialect <NAME>', 'query language').choices(['docs', 'quickwit']).default('docs'))
    .option('--config <FILE>', 'configuration file (default: formal-mock.config.json if it is there)')
    .option('--json', 'print one JSON object')
    .addHelpText('after', EXAMPLES)
    .exitOverride();
  for (const name of WORLD_OPTIONS) command.addOption(createOption(name, MOCK_OPTION_TABLE[name]));
  return command.action(async (text: string, values: Readonly<Record<string, unknown>>) => {
    const flags = givenFlags(command, values);
    const given = await loadServeOptions({ flags, env: process.env, configFile: flags['config'] });
    const options = resolveMockOptions(given);
    const now = createClock(options.now)();
    const dialect = flags['dialect'] === 'quickwit' ? 'quickwit' : 'docs';
    try {
      const explanation = explainQuery(text, { dialect, now });
      const world = await loadWorld({ ...options, now });
      const matches = countSessions(text, world, { now, settings: { ...DEFAULT_SETTINGS, dialect } });
      const report = { ...explanation, matches, sessions: world.count(now) };
      process.stdout.write(flags['json'] === true ? `${JSON.stringify(report)}\n` : formatReport(report));
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      process.stderr.write(formatRefusal(text, error));
      process.exitCode = 2;
    }
  });
}

interface Report extends QueryExplanation {
  readonly matches: number;
  readonly sessions: number;
}

function formatReport({ treeText, names, warnings, matches, sessions }: Report): string {
  const meanings = names.map(({ name, kind, paths }) => `  ${name}: ${paths.join(', ') || MEANINGS[kind]}`);
  const doubts = warnings.map(({ message }) => `  ${message}`);
  return [
    ...section(
      'Tree',
      treeText.split('\n').map((line) => `  ${line}`),
    ),
    ...section('Names', meanings),
    ...section('Warnings', doubts),
    `Selects ${matches} of ${sessions} sessions`,
    '',
  ].join('\n');
}

const MEANINGS: Readonly<Record<QueryExplanation['names'][number]['kind'], string>> = {
  fields: 'nothing',
  object: 'any of its fields',
  empty: 'known, but no session has a value',
  unknown: 'unknown, matches nothing',
};

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines, ''];
}

/** The message, and under the query a mark at the place it is about. */
function formatRefusal(text: string, error: QueryError): string {
  const { position } = error;
  const canPoint = position !== undefined && text.length <= 120 && !/[\n\t]/.test(text);
  const place = canPoint ? `  ${text}\n  ${' '.repeat(position)}^\n` : '';
  return `formal-mock: ${error.message}\n${place}`;
}
