import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MOCK_OPTION_TABLE } from '../mock/option-table.ts';
import { loadServeOptions, optionToEnvironmentName } from './serve-options.ts';

const NOTHING = { flags: {}, env: {}, configFile: undefined };
const SECRET = 'secret-key-77';

function configFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'formal-mock-options-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'own.json');
  writeFileSync(file, text);
  return file;
}

describe('options come from', () => {
  it('flags before the environment before the file, each on its own', async () => {
    const options = await loadServeOptions({
      flags: { seed: 1 },
      env: { FORMAL_MOCK_SEED: '2', FORMAL_MOCK_DAYS: '2', FORMAL_MOCK_PORT: '' },
      configFile: configFile('{"$schema":"x","seed":3,"days":3,"port":3,"strict":true}'),
    });
    expect(options).toEqual({ seed: 1, days: 2, port: 3, strict: true });
  });

  it('nowhere, and then there are none', async () => {
    expect(await loadServeOptions(NOTHING)).toEqual({});
  });

  it('PORT where nothing else names a port', async () => {
    const env = { PORT: '8080' };
    const file = configFile('{"port":3}');
    expect(await loadServeOptions({ ...NOTHING, env })).toEqual({ port: 8080 });
    expect(await loadServeOptions({ ...NOTHING, env: { ...env, FORMAL_MOCK_PORT: '1' } })).toEqual({
      port: 1,
    });
    expect(await loadServeOptions({ flags: { port: 0 }, env, configFile: file })).toEqual({ port: 0 });
  });

  it('variables in every kind: list, switch, switch that is off, number, text', async () => {
    const env = {
      FORMAL_MOCK_API_KEY: 'one, two',
      FORMAL_MOCK_STRICT: 'yes',
      FORMAL_MOCK_NO_AUTH: '1',
      FORMAL_MOCK_NOTES: 'off',
      FORMAL_MOCK_SEED: 'blue',
      FORMAL_MOCK_COUNT: '12',
    };
    expect(await loadServeOptions({ ...NOTHING, env })).toEqual({
      apiKey: ['one', 'two'],
      strict: true,
      auth: false,
      notes: false,
      seed: 'blue',
      count: 12,
    });
  });

  it('never from FORMAL_API_KEY, which is the key of the live service', async () => {
    expect(await loadServeOptions({ ...NOTHING, env: { FORMAL_API_KEY: SECRET } })).toEqual({});
    const names = Object.entries(MOCK_OPTION_TABLE).map(([name, spec]) =>
      optionToEnvironmentName(name, spec),
    );
    expect(names.every((name) => name.startsWith('FORMAL_MOCK_'))).toBe(true);
  });
});

describe('a wrong value is refused, naming where it came from', () => {
  it.each([
    ['port', 'http', /^--port must be a whole number from 0 to 65535 \(got "http"\)$/],
    ['port', 1.5, /^--port must be/],
    ['port', -1, /^--port must be/],
    ['days', 0, /^--days must be a whole number from 1 to 3650 \(got 0\)$/],
    ['days', 3651, /^--days must be/],
    ['count', 0, /^--count must be a whole number from 1 /],
    ['now', 'noon', /^--now must be live or an RFC 3339 instant/],
    ['now', '2026-01-15', /^--now must be/],
    ['now', '2026-02-30T12:00:00Z', /^--now must be/],
    ['now', '2026-01-15T25:00:00Z', /^--now must be/],
    ['logLevel', 'loud', /^--log-level must be one of silent, fatal/],
    ['seed', '', /^--seed must be an integer or a non-empty text/],
    ['seed', 1.5, /^--seed must be/],
    ['host', '', /^--host must be a non-empty text/],
    ['apiKey', [''], /^--api-key must be one or more non-empty texts/],
    ['apiKey', [SECRET, ''], /^--api-key must be .* \(got a value that is not shown\)$/],
  ])('--%s %j', async (name, value, reason) => {
    await expect(loadServeOptions({ ...NOTHING, flags: { [name]: value } })).rejects.toThrow(reason);
  });

  it.each([
    [{ FORMAL_MOCK_PORT: 'x' }, /^FORMAL_MOCK_PORT must be .* \(got "x"\)$/],
    [{ FORMAL_MOCK_STRICT: 'maybe' }, /^FORMAL_MOCK_STRICT must be true or false \(got "maybe"\)$/],
    [{ FORMAL_MOCK_API_KEY: `${SECRET},` }, /^FORMAL_MOCK_API_KEY must be .*not shown/],
    [{ PORT: '99999' }, /^PORT must be/],
  ])('%j', async (env, reason) => {
    await expect(loadServeOptions({ ...NOTHING, env })).rejects.toThrow(reason);
  });

  it.each([
    ['{"sead":1}', /^unknown option sead in .*own\.json \(did you mean seed\?\)$/],
    ['{"port":"4010"}', /^port in the configuration file must be/],
    ['{"strict":"true"}', /^strict in the configuration file must be true or false/],
    [`{"apiKey":"${SECRET}"}`, /^apiKey in the configuration file must be .*not shown/],
    ['{port:1}', /own\.json must be JSON/],
    ['[]', /own\.json must be a JSON object/],
    ['null', /own\.json must be a JSON object/],
    ['{"__proto__":1}', /^unknown option __proto__/],
    ['{"toString":1}', /^unknown option toString/],
  ])('%s in a file', async (text, reason) => {
    await expect(loadServeOptions({ ...NOTHING, configFile: configFile(text) })).rejects.toThrow(reason);
  });

  it('a file that was named and is not there', async () => {
    const configFile = join(tmpdir(), 'formal-mock-nowhere', 'own.json');
    await expect(loadServeOptions({ ...NOTHING, configFile })).rejects.toThrow(
      /^--config must be a readable JSON file/,
    );
  });
});
