import { readFileSync, writeFileSync } from 'node:fs';
import { buildDirectory } from '../../dist/world/build-directory.js';
import { resolveScenario } from '../../dist/world/resolve-scenario.js';

// Writes fixtures/directories anew: `npm run build && node test/determinism/rebuild-directories.mjs`.
const fixtures = new URL('../../fixtures/', import.meta.url);
const load = (name) => JSON.parse(readFileSync(new URL(`scenarios/${name}.json`, fixtures), 'utf8'));

for (const name of ['startup', 'scaleup', 'empty', 'stress']) {
  const directory = await buildDirectory(resolveScenario(load(name), load), 42);
  writeFileSync(new URL(`directories/${name}.json`, fixtures), `${JSON.stringify(directory)}\n`);
}
