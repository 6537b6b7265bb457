import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { KitError } from '../errors.ts';
import { listScenarios, loadScenario } from './load-scenario.ts';
import { loadWorld } from './load-world.ts';

const NOON = Date.parse('2026-01-15T12:00:00Z');

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'formal-mock-scenario-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

function fileWith(text: string | Uint8Array): string {
  const file = join(folder(), 'own.json');
  writeFileSync(file, text);
  return file;
}

function worldOf(scenario: string) {
  return loadWorld({ scenario, seed: 42, now: NOON, days: 3 });
}

describe('a scenario by name', () => {
  it('is one of those that ship', async () => {
    expect(await listScenarios()).toEqual(expect.arrayContaining(['empty', 'scaleup', 'startup', 'stress']));
    for (const name of await listScenarios()) {
      expect(await loadScenario(name)).toMatchObject({ isBuiltIn: true, scenario: { name } });
    }
  });

  it.each(['nosuch', 'Startup', '', 'startup ', 'scenario.schema', '..', '__proto__', 'a\u0000b'])(
    'that does not ship is refused, naming those that do: %j',
    async (name) => {
      const refused = loadScenario(name);
      await expect(refused).rejects.toThrow(KitError);
      await expect(refused).rejects.toMatchObject({
        code: 'ERR_SCENARIO_INVALID',
        message: expect.stringMatching(/no such scenario; there are edge-cases, empty, .*startup, stress/),
      });
    },
  );
});

it('legacy is what its description says: v4 ids, a sidecar in four sessions of five, beside the connector', async () => {
  const world = await worldOf('legacy');
  const sessions = Array.from({ length: world.count(NOON) }, (_, index) => world.at(index, NOON));
  const share = (member: 'sidecar' | 'connector'): number =>
    sessions.filter((session) => session[member] !== undefined).length / sessions.length;
  expect((await loadScenario('legacy')).scenario.idFormat).toBe('v4');
  expect(share('sidecar')).toBeGreaterThan(0.78);
  expect(share('sidecar')).toBeLessThan(0.86);
  expect(share('connector')).toBeGreaterThan(0.9);
});

describe('a scenario file', () => {
  it('extends one that ships, and that one may extend another', async () => {
    const file = fileWith('{"name":"own","extends":"stress","scale":1,"bucketMinutes":60}');
    const [own, base] = [await loadScenario(file), await loadScenario('stress')];
    expect(own.scenario).toEqual({ ...base.scenario, name: 'own', scale: 1, bucketMinutes: 60 });
    expect(own.isBuiltIn).toBe(false);
  });

  it('that is the copy of one that ships gives the same world', async () => {
    const { scenario } = await loadScenario('startup');
    const [own, shipped] = [await worldOf(fileWith(JSON.stringify(scenario))), await worldOf('startup')];
    expect(own.count(NOON)).toBe(shipped.count(NOON));
    for (let index = 0; index < own.count(NOON); index += 17) {
      expect(own.json(index, NOON)).toBe(shipped.json(index, NOON));
    }
  });

  it('extends another file, counted from its own place, and that one may extend another', async () => {
    const place = folder();
    mkdirSync(join(place, 'bases'));
    writeFileSync(
      join(place, 'own.json'),
      '{"name":"own","extends":"./bases/quiet.json","natives":["root"]}',
    );
    writeFileSync(
      join(place, 'bases', 'quiet.json'),
      '{"name":"quiet","extends":"../plain.json","scale":0.5,"description":"Q"}',
    );
    writeFileSync(
      join(place, 'plain.json'),
      '{"name":"plain","extends":"startup","scale":3,"description":"P"}',
    );
    const startup = (await loadScenario('startup')).scenario;
    const { scenario } = await loadScenario(join(place, 'own.json'));
    expect(scenario).toEqual({ ...startup, name: 'own', description: 'Q', scale: 0.5, natives: ['root'] });
  });

  it.each([
    ['itself', { 'own.json': 'own.json' }, /extends itself through .*own\.json/],
    [
      'what extends it',
      { 'own.json': './a.json', 'a.json': './own.json' },
      /extends itself through .*a\.json/,
    ],
    ['a file that is not there', { 'own.json': './gone.json' }, /gone\.json: no such file/],
  ])('that extends %s is refused', async (_, files, reason) => {
    const place = folder();
    for (const [name, base] of Object.entries(files)) {
      writeFileSync(join(place, name), JSON.stringify({ name: 'own', extends: base }));
    }
    const refused = loadScenario(join(place, 'own.json'));
    await expect(refused).rejects.toMatchObject({ code: 'ERR_SCENARIO_INVALID' });
    await expect(refused).rejects.toThrow(reason);
  });

  it('is part of the identity of its world: an edited file is another world, another wording is not', async () => {
    const own = { name: 'own', extends: 'startup', scale: 1, description: 'one' };
    const identityOf = async (file: object) => (await worldOf(fileWith(JSON.stringify(file)))).identity;
    const first = await identityOf(own);
    expect(await identityOf({ ...own, description: 'two' })).toBe(first);
    expect(await identityOf(Object.fromEntries(Object.entries(own).reverse()))).toBe(first);
    expect(await identityOf({ ...own, scale: 2 })).not.toBe(first);
    expect((await worldOf('startup')).identity).toBe('startup/1/42');
  });

  it('with another rate has more sessions', async () => {
    const more = await worldOf(fileWith('{"name":"own","extends":"startup","scale":10}'));
    expect(more.count(NOON)).toBeGreaterThan(5 * (await worldOf('startup')).count(NOON));
  });

  it.each([
    ['no JSON', '{"name":', /JSON/],
    ['nothing', '', /JSON/],
    ['a list', '[]', /must be object/],
    ['null', 'null', /must be object/],
    ['a whole without its members', '{"name":"own"}', /must have required property/],
    ['an unknown member', '{"name":"own","extends":"startup","speed":2}', /additional properties \(speed\)/],
    ['a wrong type', '{"name":"own","extends":"startup","scale":"much"}', /\/scale must be number/],
    ['a value out of bounds', '{"name":"own","extends":"startup","scale":-1}', /\/scale must be >= 0/],
    ['an unknown base', '{"name":"own","extends":"nosuch"}', /nosuch: no such scenario/],
    ['a base that is a file', '{"name":"own","extends":"../own"}', /\/extends must match pattern/],
    ['itself as base', '{"name":"startup","extends":"startup"}', /extends itself through startup/],
    ['a circle', '{"name":"scaleup","extends":"stress"}', /extends itself through scaleup/],
  ])('that holds %s is refused, with the reason on one line', async (_, text, reason) => {
    const refused = loadScenario(fileWith(text));
    await expect(refused).rejects.toMatchObject({ code: 'ERR_SCENARIO_INVALID' });
    await expect(refused).rejects.toThrow(reason);
    await expect(refused).rejects.not.toThrow(/\n/);
  });

  it('that is not there, or is a folder, is refused', async () => {
    const empty = folder();
    mkdirSync(join(empty, 'dir.json'));
    await expect(loadScenario(join(empty, 'own.json'))).rejects.toThrow(/own\.json: no such file/);
    await expect(loadScenario(join(empty, 'dir.json'))).rejects.toMatchObject({
      code: 'ERR_SCENARIO_INVALID',
    });
  });
});
