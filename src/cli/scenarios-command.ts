import { Command } from 'commander';
import { KitError } from '../errors.ts';
import { listScenarios, loadScenario } from '../files/load-scenario.ts';
import { loadStories } from '../files/load-stories.ts';
import { describeScenario, type ScenarioSummary } from '../world/describe-scenario.ts';
import type { Story } from '../world/stories.ts';

const DAY_MS = 86_400_000;
const MAX_DAYS = 3650;

const EXAMPLES = `
Examples:
  formal-mock scenarios                                     what there is
  formal-mock scenarios incident                            the stories of the last 30 days, and how to find them
  formal-mock scenarios incident --now 2026-01-15T12:00:00Z --seed 7 --json
  formal-mock scenarios mine.json                           a scenario of your own`;

/** The command `formal-mock scenarios`: lists the scenarios, or describes one with its answer key. */
export function createScenariosCommand(): Command {
  return new Command('scenarios')
    .description('list the scenarios, or describe one and its stories')
    .argument('[NAME]', 'a built-in scenario, or a .json file')
    .option('--seed <SEED>', 'integer or text', '42')
    .option('--now <INSTANT>', 'live, or the RFC 3339 instant to look back from', 'live')
    .option('--days <N>', 'how far to look back', '30')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .action(async (name: string | undefined, flags: Flags) => {
      const text = name === undefined ? await listText(flags) : await describeText(name, flags);
      process.stdout.write(text);
    });
}

interface Flags {
  readonly seed: string;
  readonly now: string;
  readonly days: string;
  readonly json?: boolean;
}

async function listText({ json }: Flags): Promise<string> {
  const names = await listScenarios();
  const summaries = await Promise.all(
    names.map(async (name) => describeScenario((await loadScenario(name)).scenario)),
  );
  return json === true ? toJson(summaries) : formatSummaries(summaries);
}

async function describeText(name: string, flags: Flags): Promise<string> {
  const { scenario } = await loadScenario(name);
  const until = readNow(flags.now);
  const from = until - readDays(flags.days) * DAY_MS;
  const stories = await loadStories({ scenario: name, seed: flags.seed, from, until });
  const summary = describeScenario(scenario);
  return flags.json === true ? toJson({ ...summary, stories }) : formatStories(summary, stories);
}

function formatSummaries(summaries: readonly ScenarioSummary[]): string {
  const rows = summaries.map(({ name, people, sessionsPerDay, description }) => [
    name,
    grouped(people),
    grouped(sessionsPerDay),
    description,
  ]);
  const table = [['SCENARIO', 'PEOPLE', 'SESSIONS/DAY', 'WHAT IT IS'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map(
      ([name = '', people = '', perDay = '', description = '']) =>
        `${name.padEnd(widths[0] ?? 0)}  ${people.padStart(widths[1] ?? 0)}  ${perDay.padStart(widths[2] ?? 0)}  ${description}\n`,
    )
    .join('');
}

function formatStories(
  { name, people, sessionsPerDay, description }: ScenarioSummary,
  stories: readonly Story[],
): string {
  const head = `${name}: ${description}\n${grouped(people)} people, about ${grouped(sessionsPerDay)} sessions a day\n`;
  if (stories.length === 0) return `${head}no stories in these days\n`;
  const blocks = stories.map(
    (story) =>
      `\n${story.name}  ${story.interval.from} to ${story.interval.until}\n  ${story.description}\n  query: ${story.query}\n`,
  );
  return head + blocks.join('');
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** `400000` to `400 000`. */
function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ' ');
}

function readNow(text: string): number {
  if (text === 'live') return Date.now();
  const now = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(now)) return now;
  throw invalid('--now', 'live, or an RFC 3339 instant such as 2026-01-15T12:00:00Z', text);
}

function readDays(text: string): number {
  const days = Number(text);
  if (days > 0 && days <= MAX_DAYS) return days;
  throw invalid('--days', `a number above 0, at most ${MAX_DAYS}`, text);
}

function invalid(option: string, expected: string, value: string): KitError {
  return new KitError('ERR_OPTION_INVALID', { option, expected, value: JSON.stringify(value) });
}
