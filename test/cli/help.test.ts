import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { MOCK_OPTION_TABLE, optionToFlag } from '../../src/mock/option-table.ts';
import { runCli } from './run-cli.ts';

it('--help lists every option with its meaning, default and variable, and exits 0', async () => {
  const { code, stdout, stderr } = await runCli(['serve', '--help']);
  expect([code, stderr]).toEqual([0, '']);
  for (const [name, { help, defaultValue, kind }] of Object.entries(MOCK_OPTION_TABLE)) {
    const isSwitchedOff = kind === 'boolean' && defaultValue === true;
    expect(stdout).toMatch(new RegExp(`--${isSwitchedOff ? 'no-' : ''}${optionToFlag(name)}\\b`));
    const flat = stdout.replaceAll(/\s+/g, ' ');
    expect(flat).toContain(help);
    expect(flat).toContain(
      `FORMAL_MOCK_${isSwitchedOff ? 'NO_' : ''}${optionToFlag(name).replaceAll('-', '_').toUpperCase()}`,
    );
  }
  expect(stdout).toContain('Examples:');
  expect(stdout).toContain('Exit codes:');
});

it('--version prints the version of the package, and exits 0', async () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  for (const flag of ['--version', '-V']) {
    expect(await runCli([flag])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
  }
});
