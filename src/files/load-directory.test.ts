import { describe, expect, it } from 'vitest';
import { buildDirectory } from '../world/build-directory.ts';
import { loadDirectory } from './load-directory.ts';
import { listScenarios, loadScenario } from './load-scenario.ts';
import { packageFile } from './package-files.ts';
import { readJsonIfPresent } from './read-json.ts';

const names = await listScenarios();

describe.each(names)('the directory of %s', (name) => {
  it('that ships equals the one that is built', async () => {
    const { scenario } = await loadScenario(name);
    const shipped = await readJsonIfPresent(packageFile(`fixtures/directories/${name}.json`));
    const packed = await readJsonIfPresent(packageFile(`fixtures/directories/${name}.json.gz`));
    expect(shipped ?? packed).toEqual(JSON.parse(JSON.stringify(await buildDirectory(scenario, 42))));
  });

  it('is the same however the seed is written', async () => {
    const loaded = await loadScenario(name);
    expect(await loadDirectory(loaded, '42')).toEqual(await loadDirectory(loaded, 42));
  });
});

it('another seed has other people, and the same every time', async () => {
  const loaded = await loadScenario('startup');
  const [first, again, shipped] = await Promise.all([7, 7, 42].map((seed) => loadDirectory(loaded, seed)));
  expect(again).toEqual(first);
  expect(first?.people.map(({ name }) => name)).not.toEqual(shipped?.people.map(({ name }) => name));
});
