import { Command, Option } from 'commander';
import { MOCK_OPTION_TABLE } from '../mock/option-table.ts';
import { FORMAT_NAMES, SCHEMA_NAMES } from '../seed/format-names.ts';
import { createOption, givenFlags } from './command-option.ts';
import { keepYoungGenerationSmall } from './young-generation.ts';

const EXAMPLES = `
Without --out and --to, sessions go to standard output, oldest first.

Examples:
  formal-mock seed > sessions.ndjson                            the default world as NDJSON
  formal-mock seed --scenario scaleup --count 100000 --out demo.csv --now 2026-01-15T12:00:00Z
  formal-mock seed --out demo/ --format parquet                 a folder of parts, tables and manifest.json
  formal-mock seed --out demo/ --format parquet --verify        is it still what was written?
  formal-mock seed --to postgres://user@127.0.0.1/demo          load or refresh tables; run it again any time
  formal-mock seed --to http://127.0.0.1:9200/sessions          Elasticsearch, OpenSearch, Quickwit
  formal-mock seed --query 'resource.technology:postgres' | jq .id
  formal-mock seed --now 2026-01-15T12:00:00Z --shard 2/7 > 2.ndjson   concatenate 1..7 for the whole
  formal-mock seed --schema postgres                            only print the tables

--seed, --scenario, --days, --count, --fixtures and --now are also FORMAL_MOCK_<OPTION> in the environment and keys of
formal-mock.config.json, shared with serve. --query understands what the mock's query field does.
Exit codes: 0 done, 2 usage, 3 target unreachable, 74 reading or writing failed, 130 interrupted.`;

/** The command `formal-mock seed`. */
export function createSeedCommand(): Command {
  const command = new Command('seed')
    .description('write demo data into files, databases or standard output')
    .option('--config <FILE>', 'configuration file (default: formal-mock.config.json if it is there)')
    .addHelpText('after', EXAMPLES)
    .exitOverride();
  for (const option of [...worldOptions(), ...outputOptions()]) command.addOption(option);
  return command.action(async (values: Readonly<Record<string, unknown>>) => {
    keepYoungGenerationSmall();
    // Loaded here, so that no other command pays for it.
    const { seed } = await import('./seed.ts');
    await seed(givenFlags(command, values));
  });
}

/** The world's options are those of `serve`, read the same way. */
function worldOptions(): Option[] {
  const shared = (['seed', 'scenario', 'days', 'count', 'fixtures', 'now'] as const).map((name) =>
    createOption(name, MOCK_OPTION_TABLE[name]),
  );
  const own = [
    new Option('--from <INSTANT>', 'only sessions that start at or after this instant'),
    new Option('--until <INSTANT>', 'only sessions that start before this instant'),
    new Option('--query <QUERY>', 'only sessions that this query selects'),
  ];
  return [...shared, ...own].map((option) => option.helpGroup('World:'));
}

function outputOptions(): Option[] {
  return [
    new Option('--out <FILE|DIR|->', 'a file, a folder (ends in / or exists), or standard output (default)'),
    new Option('--to <URL>', 'postgres://… or http://HOST:PORT/INDEX'),
    new Option('--format <NAME>', 'default: what the file is called, else ndjson').choices(FORMAT_NAMES),
    new Option('--gzip', 'compress; parts and shards can still be joined with cat'),
    new Option('--shard <I/N>', 'only part I of N, oldest first; joined, the parts are the whole'),
    new Option('--part-rows <N>', 'sessions in one file of a folder (default 250000)'),
    new Option('--schema <NAME>', 'print the tables or the index mapping, and nothing else').choices(
      SCHEMA_NAMES,
    ),
    new Option('--verify', 'compare --out with its manifest and write nothing'),
    new Option('--allow-duplicates', 'load into Quickwit although it holds these sessions already'),
    new Option('--progress <HOW>', 'on standard error: auto is a bar on a terminal (default auto)').choices([
      'auto',
      'json',
      'none',
    ]),
  ].map((option) => option.helpGroup('Output:'));
}
