import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { buildDirectory } from '../../dist/world/build-directory.js';
import { resolveScenario } from '../../dist/world/resolve-scenario.js';

// Writes fixtures/directories anew: `npm run build && node test/determinism/rebuild-directories.mjs`.
const fixtures = new URL('../../fixtures/', import.meta.url);
const load = (name) => JSON.parse(readFileSync(new URL(`scenarios/${name}.json`, fixtures), 'utf8'));

for (const file of readdirSync(new URL('scenarios/', fixtures))) {
  const name = file.replace('.json', '');
  if (name === 'scenario.schema') continue;
  const directory = await buildDirectory(resolveScenario(load(name), load), 42);
  const text = `${JSON.stringify(directory)}\n`;
  // Hundreds of people are packed: unpacking takes a tenth of the time that building does.
  const isLarge = text.length > 50_000;
  const target = new URL(`directories/${name}.json${isLarge ? '.gz' : ''}`, fixtures);
  writeFileSync(target, isLarge ? gzipSync(text, { level: 9 }) : text);
}
