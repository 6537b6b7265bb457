import { Command } from 'commander';
import { createOption, givenFlags } from './command-option.ts';
import { serve } from './serve.ts';
import { loadServeOptions, optionEntries } from './serve-options.ts';

const EXAMPLES = `
Examples:
  formal-mock                                   the default world on http://127.0.0.1:4010
  formal-mock serve --port 0 --json             any free port, machine-readable first line
  formal-mock serve --now 2026-01-15T12:00:00Z  a world that never changes, for tests
  formal-mock serve --strict --scenario empty   answers like the recorded server

Every option with a FORMAL_MOCK_ name in brackets is also that variable, and in camelCase a key of
formal-mock.config.json (--no-auth: "auth": false).
Exit codes: 0 after SIGTERM or SIGINT, 2 when it cannot start.`;

/** The command `formal-mock serve`, which is also what runs when no command is named. */
export function createServeCommand(): Command {
  const command = new Command('serve')
    .description('start the mock server')
    .option('--config <FILE>', 'configuration file (default: formal-mock.config.json if it is there)')
    .option('--json', 'print the first line as JSON')
    .configureOutput({ outputError: (text, write) => write(hideValue(text)) })
    .addHelpText('after', EXAMPLES);
  for (const [name, spec] of optionEntries()) command.addOption(createOption(name, spec));
  return command.exitOverride().action(async (values: Readonly<Record<string, unknown>>) => {
    const flags = givenFlags(command, values);
    const options = await loadServeOptions({ flags, env: process.env, configFile: flags['config'] });
    await serve(options, { isJson: flags['json'] === true });
  });
}

/** `--apikey=KEY` is a slip of the pen; the key must not end up in a log for it. */
function hideValue(message: string): string {
  return message.replace(/(unknown option '[^'=]*)=[^\n]*'/, "$1'");
}
