#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { KitError } from '../errors.ts';
import { createContractCommand } from './contract-command.ts';
import { exitCodeOf } from './exit-code.ts';
import { guardOutput, type OutputGuard } from './guard-output.ts';
import { packageVersion } from './package-version.ts';
import { createQueryCommand } from './query-command.ts';
import { createScenariosCommand } from './scenarios-command.ts';
import { createSeedCommand } from './seed-command.ts';
import { createServeCommand } from './serve-command.ts';
import { createSpecCommand } from './spec-command.ts';

/** Exit codes every command shares. */
const EXIT = { usage: 2, bug: 70 } as const;

/** Time for the last line to be written before a process ends whose standard output nobody reads, in ms. */
const LAST_LINE_MS = 300;

async function main(argv: readonly string[]): Promise<void> {
  const output = guardOutput();
  const program = new Command('formal-mock')
    .description("A local double of Formal's core.v1.SessionsService/ListSessionsV2.")
    .version(packageVersion(), '-V, --version')
    .showSuggestionAfterError()
    .exitOverride()
    .addCommand(createServeCommand(), { isDefault: true })
    .addCommand(createContractCommand())
    .addCommand(createSeedCommand())
    .addCommand(createQueryCommand())
    .addCommand(createScenariosCommand())
    .addCommand(createSpecCommand());
  try {
    await program.parseAsync(argv);
  } catch (error) {
    process.exitCode = reportFailure(error, output);
    if (error instanceof KitError && error.code === 'ERR_INTERRUPTED') endUnread();
  }
}

/** What waits for a reader that never comes would keep the process alive. */
function endUnread(): void {
  if (process.stdout.writableLength === 0) return;
  setTimeout(() => process.exit(), LAST_LINE_MS);
}

function reportFailure(error: unknown, output: OutputGuard): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
  if (error instanceof KitError) {
    if (!output.hasReported(error)) process.stderr.write(`formal-mock: ${error.message}\n`);
    return exitCodeOf(error.code);
  }
  process.stderr.write(
    `formal-mock: internal error: ${error instanceof Error ? error.stack : String(error)}\n`,
  );
  return EXIT.bug;
}

await main(process.argv);
